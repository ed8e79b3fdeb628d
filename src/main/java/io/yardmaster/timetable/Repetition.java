package io.yardmaster.timetable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repeating interval of ISO 8601-1:2019, 5.6: {@code R/2026-01-01T00:00Z/PT90S}, {@code R12/2026-01-31T18:00/P1M}, or from
 * one instant to another, {@code R5/2026-01-01T00:00Z/2026-01-01T00:10Z}. With a number it happens so many times in all.
 * Periods of hours, minutes and seconds are exact; those of days, weeks, months and years go by the zone's clock.
 */
final class Repetition {
    private static final Pattern FORM = Pattern.compile("R([0-9]{0,9})/([^/]+)/([^/]+)");
    private static final Pattern PERIOD = Pattern.compile("[+-]?P.*");
    private static final Pattern EXACT = Pattern.compile("[+-]?PT.*");

    private final Timetable timetable;
    private final long count;
    private final Moment first;
    private final String second;

    private Repetition(Timetable timetable, Matcher parts) {
        this.timetable = timetable;
        this.count = parts.group(1).isEmpty() ? Long.MAX_VALUE : Long.parseLong(parts.group(1));
        this.first = Moment.parse("rate", parts.group(2));
        this.second = parts.group(3);
    }

    /** @throws BadTimetable if it is none, or its period is not positive */
    static Occurrences of(Timetable timetable) {
        CronText.checkLength(timetable.expression());
        Zones.parse(timetable.zone());
        Matcher parts = FORM.matcher(timetable.expression());
        if (!parts.matches()) {
            throw bad(timetable, "invalid.rate.form");
        }
        Repetition repetition = new Repetition(timetable, parts);
        if (repetition.count == 0) {
            throw bad(timetable, "invalid.rate.never");
        }
        return repetition.occurrences();
    }

    /**
     * The single time that {@code timetable} names.
     *
     * @throws BadTimetable if it is none, or left out by the zone's clock
     */
    static Occurrences once(Timetable timetable) {
        Zones.parse(timetable.zone());
        Moment only = Moment.parse("at", timetable.expression());
        only.instant(timetable);
        return only.occurrences(timetable);
    }

    private Occurrences occurrences() {
        try {
            if (!PERIOD.matcher(second).matches()) {
                return exact(Moment.parse("rate", second).instant(timetable).getEpochSecond() - start());
            }
            if (EXACT.matcher(second).matches()) {
                return exact(wholeSeconds(Duration.parse(second)));
            }
            return byCalendar(Period.parse(second));
        } catch (DateTimeException | ArithmeticException unreadable) {
            throw bad(timetable, "invalid.rate.period", second);
        }
    }

    private long wholeSeconds(Duration duration) {
        if (!duration.equals(duration.truncatedTo(ChronoUnit.SECONDS))) {
            throw bad(timetable, "invalid.rate.fraction");
        }
        return duration.toSeconds();
    }

    private Occurrences exact(long period) {
        if (period < 1) {
            throw bad(timetable, "invalid.rate.second");
        }
        return new ExactRate(start(), period, count);
    }

    private Occurrences byCalendar(Period period) {
        if (period.isNegative() || period.isZero()) {
            throw bad(timetable, "invalid.rate.day");
        }
        LocalDateTime start = first.local(Zones.parse(timetable.zone()));
        return ZonedTimes.of(new LocalRate(start, period, count), timetable);
    }

    private long start() {
        return first.instant(timetable).getEpochSecond();
    }

    private static BadTimetable bad(Timetable timetable, String key, Object... more) {
        return new BadTimetable("rate", timetable.expression(), 0, key, more);
    }
}
