package io.yardmaster.web.schedule;

import io.yardmaster.database.Said;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.timetable.Timetable.Kind;
import io.yardmaster.web.definition.CalendarName;
import io.yardmaster.web.definition.ScheduleWriter;
import java.util.Locale;

/**
 * When something happens, for people.
 *
 * @param expression as its author wrote it
 * @param zone whose clock is meant
 * @param calendar by which it goes; null for none
 */
public record When(Kind kind, String expression, String zone, CalendarName calendar) {
    /** Whatever calendar it goes by. */
    public static When of(Timetable timetable) {
        return of(timetable, null);
    }

    public static When of(Timetable timetable, CalendarName calendar) {
        return new When(timetable.kind(), ScheduleWriter.expression(timetable), timetable.zone(), calendar);
    }

    /** Null for none. */
    public String calendarName() {
        return calendar == null ? null : calendar.name();
    }

    /** The sentence that says it in {@code locale}'s language; null if it is not that simple. */
    public Said phrase(Locale locale) {
        return switch (kind) {
            case CRON -> CronWords.quartz(expression, locale).orElse(null);
            case UNIX_CRON -> CronWords.unix(expression, locale).orElse(null);
            case RATE -> RateWords.of(expression).orElse(null);
            case DATES -> DateWords.of(expression, locale).orElse(null);
            case DELAY -> RateWords.delay(expression);
            case ONCE -> Said.of("schedule.words.once", RateWords.time(expression));
        };
    }

    /** Whether each instant is told by the end of the run before. */
    public boolean afterRun() {
        return kind == Kind.DELAY;
    }
}
