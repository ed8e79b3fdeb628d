package io.yardmaster.timetable;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Days picked out of periods of the calendar: {@code every 3 months from 2026-01-01 at 18:00 on last working day}. Periods are
 * counted from the one that holds the first day; what would come before that day does not count.
 */
final class LocalDates implements LocalTimes {
    private static final Pattern FORM = Pattern.compile(
            "EVERY (?:([0-9]{1,4}) )?(DAY|WEEK|MONTH|YEAR)S? FROM ([0-9]{4}-[0-9]{2}-[0-9]{2}) AT ([0-9:, ]+?)(?: ON (.+))?");
    private static final long DAY = 86_400;

    private final PeriodUnit unit;
    private final int every;
    private final LocalDate from;
    private final SortedSet<LocalTime> times;
    private final DayPick pick;

    private LocalDates(PeriodUnit unit, int every, LocalDate from, SortedSet<LocalTime> times, DayPick pick) {
        this.unit = unit;
        this.every = every;
        this.from = from;
        this.times = times;
        this.pick = pick;
    }

    /**
     * @param expression upper case, words one space apart
     * @param working the days that count as working ones
     * @throws BadTimetable naming what is wrong
     */
    static LocalDates parse(String expression, WorkingDays working) {
        CronText.checkLength(expression);
        Matcher parts = FORM.matcher(expression);
        if (!parts.matches()) {
            throw bad(expression, "invalid.dates.form");
        }
        int every = parts.group(1) == null ? 1 : Integer.parseInt(parts.group(1));
        if (every < 1) {
            throw bad(expression, "invalid.dates.every");
        }
        PeriodUnit unit = PeriodUnit.valueOf(parts.group(2));
        LocalDate from = DateParts.date(parts.group(3), expression);
        SortedSet<LocalTime> times = DateParts.times(parts.group(4), expression);
        DayPick pick = DayPick.parse(unit, parts.group(5), from, expression, working);
        LocalDates dates = new LocalDates(unit, every, from, times, pick);
        if (dates.match(0) == NEVER) {
            throw bad(expression, "invalid.dates.never");
        }
        return dates;
    }

    static BadTimetable bad(String expression, String key, Object... more) {
        return new BadTimetable("dates", expression.toLowerCase(Locale.ROOT), 0, key, more);
    }

    @Override
    public long match(long local) {
        LocalDate wanted = LocalDate.ofEpochDay(Math.floorDiv(Math.max(local, 0), DAY));
        long place = Math.max(0, unit.between(from, wanted) / every - 1);
        LocalDate start = unit.start(from, place * every);
        while (start.toEpochDay() * DAY < THE_END) {
            long found = within(start, local);
            if (found != NEVER) {
                return found < THE_END ? found : NEVER;
            }
            place++;
            start = unit.start(from, place * every);
        }
        return NEVER;
    }

    /** The first in the period that begins on {@code start}, at or after {@code local}. */
    private long within(LocalDate start, long local) {
        for (LocalDate day : pick.in(start)) {
            for (LocalTime time : times) {
                long found = day.toEpochDay() * DAY + time.toSecondOfDay();
                if (found >= local && !day.isBefore(from)) {
                    return found;
                }
            }
        }
        return NEVER;
    }

    @Override
    public boolean repeatWithinDay() {
        return false;
    }
}
