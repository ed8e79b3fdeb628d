package io.yardmaster.web.definition;

import io.yardmaster.calendar.CalendarChoice;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import io.yardmaster.timetable.Timetable;
import java.util.Optional;

/**
 * The calendar that a schedule goes by, as people say it.
 *
 * @param name as {@code namespace/name}, or the name alone of one in the job's own namespace
 * @param rule what becomes of instants that it does not allow
 */
public record CalendarName(String name, CalendarRule rule) {
    /**
     * What {@code timetable} goes by; null for nothing.
     *
     * @param home namespace of the job
     */
    public static CalendarName of(Transaction transaction, String home, Timetable timetable) {
        if (timetable.calendar() == null) {
            return null;
        }
        CalendarChoice choice =
                CalendarChoice.find(transaction, timetable.calendar().id()).orElseThrow();
        return new CalendarName(choice.writtenIn(home), timetable.calendar().rule());
    }

    /**
     * The calendar of that name.
     *
     * @param home namespace of the job
     * @param prefix what stands before the field's name
     * @return null if there is none for it, which is added to {@code problems}
     */
    public FollowedCalendar followed(Transaction transaction, String home, String prefix, Invalid.Problems problems) {
        Optional<CalendarChoice> found = CalendarChoice.find(transaction, home, name);
        problems.check(found.isPresent(), prefix + "calendar", name, "invalid.calendar.none");
        return found.map(choice -> new FollowedCalendar(choice.id(), rule)).orElse(null);
    }
}
