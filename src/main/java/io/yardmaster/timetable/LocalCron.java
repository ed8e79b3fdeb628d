package io.yardmaster.timetable;

import java.text.ParseException;
import java.time.LocalDate;
import java.util.Date;
import java.util.TimeZone;
import java.util.function.Predicate;
import org.quartz.CronExpression;

/** Which local times a cron expression matches: Quartz's parser, evaluated as if the local clock were UTC. */
final class LocalCron implements LocalTimes {
    static final long DAY = 86_400;

    private final CronExpression quartz;
    /** Picks the days that Quartz cannot name, of those it is asked for; null if it names them all. */
    private final Predicate<LocalDate> only;

    private final boolean repeatWithinDay;
    private final DayTimes times;
    /** A day that matches, found last: the next question is nearly always about the same, and answered without Quartz. */
    private volatile long day = -1;

    private LocalCron(CronExpression quartz, Predicate<LocalDate> only, boolean repeatWithinDay) {
        this.quartz = quartz;
        this.only = only;
        this.repeatWithinDay = repeatWithinDay;
        this.times = DayTimes.of(quartz);
    }

    /**
     * Reads Quartz's dialect.
     *
     * @param expression upper case, fields one space apart, or a word such as {@code @DAILY}
     * @throws BadTimetable if it cannot be read or names a day that never comes
     */
    static LocalCron quartz(String expression) {
        String meant = CronWord.inQuartz(expression);
        String[] fields = CronText.inNumbers(meant).split(" ");
        // Quartz 2.5.2 skips days and times of a W, so it is asked for every day and those days are picked here
        NearestWeekday only = fields[3].endsWith("W") ? NearestWeekday.of(fields[3]) : null;
        if (only != null) {
            fields[3] = "*";
        }
        return comes(of(fields, only == null ? null : only::is, CronText.isInterval(meant)), expression);
    }

    /**
     * Reads crontab(5)'s dialect.
     *
     * @param expression upper case, fields one space apart, or a word such as {@code @DAILY}
     * @throws BadTimetable if it cannot be read or names a day that never comes
     */
    static LocalCron unix(String expression) {
        UnixCron cron = UnixCron.parse(CronWord.inUnix(expression));
        return comes(of(cron.anyDay(), cron::isDay, cron.repeatsWithinDay()), expression);
    }

    private static LocalCron of(String[] numbers, Predicate<LocalDate> only, boolean repeatWithinDay) {
        String expression = String.join(" ", numbers);
        try {
            CronExpression parsed = new CronExpression(expression);
            parsed.setTimeZone(TimeZone.getTimeZone("UTC"));
            return new LocalCron(parsed, only, repeatWithinDay);
        } catch (ParseException refused) {
            throw new BadTimetable("cron", expression, 0, "invalid.cron.unreadable", refused.getMessage());
        }
    }

    private static LocalCron comes(LocalCron cron, String expression) {
        if (cron.match(1) == NEVER) {
            throw new BadTimetable("cron", expression, 0, "invalid.cron.never");
        }
        return cron;
    }

    @Override
    public long match(long local) {
        long asked = Math.floorDiv(local, DAY);
        if (asked != day) {
            return search(local);
        }
        int next = times.next((int) (local - asked * DAY));
        return next == DayTimes.NONE ? search((asked + 1) * DAY) : asked * DAY + next;
    }

    private long search(long local) {
        long found = ask(local);
        while (only != null && found != NEVER && !only.test(LocalDate.ofEpochDay(Math.floorDiv(found, DAY)))) {
            found = ask((Math.floorDiv(found, DAY) + 1) * DAY);
        }
        if (found != NEVER) {
            day = Math.floorDiv(found, DAY);
        }
        return found;
    }

    /** By the day, however many there are in it. */
    @Override
    public long count(long from, long to) {
        long count = 0;
        long found = match(from);
        while (found < to) {
            long start = Math.floorDiv(found, DAY) * DAY;
            count += times.before(Math.min(to - start, DAY)) - times.before(Math.max(from - start, 0));
            found = start + DAY < to ? match(start + DAY) : NEVER;
        }
        return count;
    }

    @Override
    public boolean repeatWithinDay() {
        return repeatWithinDay;
    }

    @SuppressWarnings("JavaUtilDate") // what Quartz speaks
    private long ask(long local) {
        // Quartz knows no years before 1970, and takes those before Christ for others
        Date found = quartz.getTimeAfter(new Date((Math.max(local, 0) - 1) * 1000));
        long second = found == null ? NEVER : Math.floorDiv(found.getTime(), 1000L);
        return second < THE_END ? second : NEVER;
    }
}
