package io.yardmaster.trigger;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How many runs are to start when, by the function that fires, with each job's jitter.
 *
 * @param runs in each cell of the grid
 * @param seconds of work that those runs are expected to be, in each cell
 * @param hotSpots the fullest cells with more runs than the bound, fullest first
 * @param bound of runs in a cell, chosen or proposed
 * @param spread how to come below it; null if it is kept, or no jitter makes it better
 * @param leftOut schedules that were not counted, as that would have taken too long or they cannot be read
 */
@SuppressWarnings("ArrayRecordComponent") // many figures, never compared
public record Forecast(
        ForecastGrid grid,
        long[] runs,
        double[] seconds,
        List<HotSpot> hotSpots,
        long bound,
        Spread spread,
        int leftOut) {
    private static final int MOST_HOT_SPOTS = 5;
    private static final int LEAST_BOUND = 10;
    private static final int[] JITTERS = {60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400};

    /** A cell with many runs; {@code seconds} of work. */
    public record HotSpot(Instant at, long runs, double seconds) {}

    /**
     * What a jitter would do for the schedules that meet in hot spots.
     *
     * @param jitter seconds
     * @param after most runs of a cell then, instead of {@code before}
     * @param enough whether the bound is kept then
     */
    public record Spread(int jitter, long schedules, long before, long after, boolean enough) {}

    /** @param bound most runs wanted in a cell; 0 proposes one */
    public static Forecast of(List<Upcoming> schedules, ForecastGrid grid, long bound) {
        Waves waves = Waves.of(schedules, grid);
        Waves.Sums sums = waves.sums(0, new boolean[grid.cells()]);
        long peak = LongStream.of(sums.runs()).max().orElse(0);
        long kept = bound > 0 ? bound : proposed(peak, sums.runs());
        List<HotSpot> hot = IntStream.range(0, grid.cells())
                .filter(cell -> sums.runs()[cell] > kept)
                .mapToObj(cell -> new HotSpot(grid.at(cell), sums.runs()[cell], sums.seconds()[cell]))
                .sorted(Comparator.comparing(HotSpot::runs).reversed().thenComparing(HotSpot::at))
                .limit(MOST_HOT_SPOTS)
                .toList();
        Spread spread = hot.isEmpty() ? null : spread(waves, sums.runs(), peak, kept);
        return new Forecast(grid, sums.runs(), sums.seconds(), hot, kept, spread, waves.leftOut());
    }

    /** A quarter of the peak, but well above what an even load would make: that cannot be spread any more. */
    private static long proposed(long peak, long[] runs) {
        long even = (long) Math.ceil(LongStream.of(runs).average().orElse(0) * 1.5);
        return LongStream.of(LEAST_BOUND, (peak + 3) / 4, even).max().getAsLong();
    }

    public long total() {
        return LongStream.of(runs).sum();
    }

    public long peak() {
        return LongStream.of(runs).max().orElse(0);
    }

    /** The least of some jitters that keeps the bound; the best, if none does; null if none helps. */
    private static Spread spread(Waves waves, long[] now, long before, long bound) {
        boolean[] hot = new boolean[now.length];
        for (int cell = 0; cell < now.length; cell++) {
            hot[cell] = now[cell] > bound;
        }
        Spread best = new Spread(0, 0, before, before, false);
        for (int jitter : JITTERS) {
            Waves.Sums then = waves.sums(jitter, hot);
            long after = LongStream.of(then.runs()).max().orElse(0);
            if (after < best.after()) {
                best = new Spread(jitter, then.moved(), before, after, after <= bound);
            }
            if (best.enough()) {
                return best;
            }
        }
        return best.after() < before ? best : null;
    }
}
