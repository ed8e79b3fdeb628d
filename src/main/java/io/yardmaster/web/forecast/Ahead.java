package io.yardmaster.web.forecast;

import io.yardmaster.trigger.ForecastGrid;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/** How far a forecast looks ahead, and in which cells. */
public enum Ahead {
    DAY("24h", ChronoUnit.HOURS, 60, 24, 60),
    WEEK("7d", ChronoUnit.DAYS, 600, 7, 144);

    private final String word;
    private final ChronoUnit begin;
    private final int step;
    private final int rows;
    private final int columns;

    Ahead(String word, ChronoUnit begin, int step, int rows, int columns) {
        this.word = word;
        this.begin = begin;
        this.step = step;
        this.rows = rows;
        this.columns = columns;
    }

    /** As the URL has it. */
    public String word() {
        return word;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    static Optional<Ahead> of(String word) {
        return Arrays.stream(values()).filter(ahead -> ahead.word.equals(word)).findFirst();
    }

    /** From the hour or day of {@code now} in {@code zone} on. */
    ForecastGrid grid(Instant now, ZoneId zone) {
        Instant start = now.atZone(zone).truncatedTo(begin).toInstant();
        return new ForecastGrid(start, now, step, rows * columns);
    }
}
