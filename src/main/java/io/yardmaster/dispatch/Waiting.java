package io.yardmaster.dispatch;

import java.time.Instant;
import java.util.List;

/**
 * Why a run is not running yet.
 *
 * @param ahead how many ready runs of its queue go first; null unless it is ready; {@link #MOST_AHEAD} + 1 for more than that
 * @param obstacles at least one while it waits, the first to go first; none otherwise
 * @param predictedStart by the predicted durations of what runs and of what goes first; null if nobody knows
 */
public record Waiting(Integer ahead, List<Obstacle> obstacles, Instant predictedStart) {
    /** As far as is counted. */
    public static final int MOST_AHEAD = 10_000;
}
