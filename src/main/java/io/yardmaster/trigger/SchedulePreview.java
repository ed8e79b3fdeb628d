package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import io.yardmaster.timetable.Timetable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What is to come, by the function that will fire it and by calendars as they are now. */
public final class SchedulePreview {
    private final KnownTimetables known = new KnownTimetables();

    /** The next {@code count} instants of a schedule that is on and not paused; else none. */
    public List<Occurrence> of(Transaction transaction, Schedule schedule, int count) {
        if (!schedule.on() || schedule.pausedFrom() != null) {
            return List.of();
        }
        Instant until = Objects.requireNonNullElse(schedule.terms().validUntil(), Instant.MAX);
        return occurrences(transaction, schedule).preview(schedule.terms().from(transaction.now()), count).stream()
                .filter(fire -> !fire.at().isAfter(until))
                .toList();
    }

    /**
     * What is to come of {@code schedule} were it always valid: its timetable, without what has had its runs already.
     *
     * @throws io.yardmaster.timetable.BadTimetable if it cannot be read
     */
    public Occurrences occurrences(Transaction transaction, Schedule schedule) {
        return occurrences(transaction, schedule.timetable()).without(Settled.of(transaction, schedule.id()));
    }

    /**
     * The instants of {@code timetable}.
     *
     * @throws io.yardmaster.timetable.BadTimetable if it cannot be read
     */
    public Occurrences occurrences(Transaction transaction, Timetable timetable) {
        return known.of(transaction, CalendarUse.current(transaction, timetable));
    }
}
