package io.yardmaster.trigger;

import java.time.Instant;

/**
 * Time in cells of equal length.
 *
 * @param start of the first cell
 * @param from nothing before it is counted
 * @param step seconds of a cell
 * @param cells how many
 */
public record ForecastGrid(Instant start, Instant from, int step, int cells) {
    Instant end() {
        return at(cells);
    }

    public Instant at(int cell) {
        return start.plusSeconds((long) cell * step);
    }

    /** Negative or beyond the last for what is not within. */
    int cell(long second) {
        return (int) Math.floorDiv(second - start.getEpochSecond(), (long) step);
    }
}
