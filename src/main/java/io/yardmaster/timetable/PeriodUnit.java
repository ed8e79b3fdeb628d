package io.yardmaster.timetable;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** The periods that a calendar is cut into. */
enum PeriodUnit {
    DAY(ChronoUnit.DAYS),
    /** From Monday to Sunday, ISO 8601. */
    WEEK(ChronoUnit.WEEKS),
    MONTH(ChronoUnit.MONTHS),
    YEAR(ChronoUnit.YEARS);

    private final ChronoUnit unit;

    PeriodUnit(ChronoUnit unit) {
        this.unit = unit;
    }

    /** The first day of the period that comes {@code periods} after the one that holds {@code day}. */
    LocalDate start(LocalDate day, long periods) {
        return first(day).plus(periods, unit);
    }

    /** How many periods after that of {@code day} the one of {@code later} is; less than 0 if it comes before. */
    long between(LocalDate day, LocalDate later) {
        return unit.between(first(day), first(later));
    }

    private LocalDate first(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    /** The last day of the period that begins on {@code start}. */
    LocalDate end(LocalDate start) {
        return start.plus(1, unit).minusDays(1);
    }
}
