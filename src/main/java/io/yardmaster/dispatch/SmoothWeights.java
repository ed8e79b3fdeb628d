package io.yardmaster.dispatch;

import java.util.List;

/**
 * Smooth weighted round robin, as nginx does it: for each run every node is owed its weight more, whoever is owed most gets
 * the run and pays what all were given. Exact shares, and no node in a row where others can come between.
 */
final class SmoothWeights implements Rating {
    private long all;

    @Override
    public void begin(ReadyRun run, List<Seat> open) {
        all = 0;
        for (Seat seat : open) {
            seat.owe(seat.node().weight());
            all += seat.node().weight();
        }
    }

    @Override
    public double rate(ReadyRun run, Seat seat) {
        return seat.owed();
    }

    @Override
    public void chosen(Seat seat) {
        seat.owe(-all);
    }
}
