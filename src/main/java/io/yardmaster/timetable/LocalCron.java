package io.yardmaster.timetable;

import java.text.ParseException;
import java.time.LocalDate;
import java.util.Date;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * Which local times a cron expression matches. Quartz's expression is evaluated as if the local clock were UTC, which no
 * clock change can confuse. Local times are in epoch seconds, read as if they were UTC. Thread-safe.
 */
final class LocalCron {
    static final long NEVER = Long.MAX_VALUE;

    private static final long DAY = 86_400;

    private final CronExpression quartz;
    /** Quartz 2.5.2 skips days and times of a {@code W}, so it is asked for every day and those days are picked here. */
    private final NearestWeekday only;

    private LocalCron(CronExpression quartz, NearestWeekday only) {
        this.quartz = quartz;
        this.only = only;
    }

    /** @throws BadTimetable if the expression cannot be read or names a day that never comes */
    static LocalCron parse(String expression) {
        String[] fields = CronText.inNumbers(expression).split(" ");
        NearestWeekday only = fields[3].endsWith("W") ? NearestWeekday.of(fields[3]) : null;
        if (only != null) {
            fields[3] = "*";
        }
        LocalCron cron = new LocalCron(quartz(String.join(" ", fields), expression), only);
        if (cron.match(1) == NEVER) {
            throw new BadTimetable("cron", expression, 0, "invalid.cron.never");
        }
        return cron;
    }

    private static CronExpression quartz(String numbers, String expression) {
        try {
            CronExpression parsed = new CronExpression(numbers);
            parsed.setTimeZone(TimeZone.getTimeZone("UTC"));
            return parsed;
        } catch (ParseException refused) {
            throw new BadTimetable("cron", expression, 0, "invalid.cron.unreadable", refused.getMessage());
        }
    }

    /** The first matching local time at or after {@code local}, or {@link #NEVER}. */
    long match(long local) {
        long found = ask(local);
        while (only != null && found != NEVER && !only.is(LocalDate.ofEpochDay(Math.floorDiv(found, DAY)))) {
            found = ask((Math.floorDiv(found, DAY) + 1) * DAY);
        }
        return found;
    }

    @SuppressWarnings("JavaUtilDate") // what Quartz speaks
    private long ask(long local) {
        Date found = quartz.getTimeAfter(new Date((local - 1) * 1000));
        return found == null ? NEVER : Math.floorDiv(found.getTime(), 1000L);
    }
}
