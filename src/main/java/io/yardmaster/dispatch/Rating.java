package io.yardmaster.dispatch;

import java.util.List;

/** How good a node is for a run, through one batch. */
@FunctionalInterface
interface Rating {
    /** The higher the better. Asked only of seats that have room for the run and fit it. */
    double rate(ReadyRun run, Seat seat);

    /** Before the seats are rated for {@code run}: these have room and fit. */
    default void begin(ReadyRun run, List<Seat> open) {}

    default void chosen(Seat seat) {}
}
