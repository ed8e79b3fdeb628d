package io.yardmaster.web.schedule;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrences;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.SchedulePreview;
import io.yardmaster.web.definition.CalendarName;
import io.yardmaster.web.schedule.Preview.Fire;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A schedule on its job's page.
 *
 * @param paused whether it waits for the end of a pause, be it of all
 * @param parameters instead of, or beside, the job's own
 * @param version what a change is checked against
 */
public record ListedSchedule(
        long id, String name, When when, boolean enabled, boolean paused, Map<String, String> parameters, int version) {
    public static ListedSchedule of(Transaction transaction, Schedule schedule) {
        return new ListedSchedule(
                schedule.id(),
                schedule.name(),
                When.of(schedule.timetable(), CalendarName.of(transaction, "", schedule.timetable())),
                schedule.enabled(),
                schedule.pausedFrom() != null,
                schedule.parameters(),
                schedule.version());
    }

    /**
     * A fire to come.
     *
     * @param schedule whose
     */
    public record NextFire(String schedule, Fire fire) {}

    /** The next fires of those that are on, in order. */
    public static List<NextFire> nextFires(Transaction transaction, SchedulePreview known, List<Schedule> schedules) {
        return schedules.stream()
                .filter(schedule -> schedule.enabled() && schedule.pausedFrom() == null)
                .flatMap(schedule -> fires(transaction, known, schedule))
                .sorted(Comparator.comparing((NextFire next) -> next.fire().at())
                        .thenComparing(NextFire::schedule))
                .limit(Preview.FIRES)
                .toList();
    }

    private static Stream<NextFire> fires(Transaction transaction, SchedulePreview known, Schedule schedule) {
        Instant now = transaction.now();
        Instant from = schedule.effectiveFrom().isAfter(now) ? schedule.effectiveFrom() : now;
        try {
            ZoneId zone = ZoneId.of(schedule.timetable().zone());
            CalendarName calendar = CalendarName.of(transaction, "", schedule.timetable());
            String name = calendar == null ? null : calendar.name();
            Occurrences occurrences = known.occurrences(transaction, schedule);
            return Preview.next(occurrences, schedule.terms(), from).stream()
                    .map(fire -> new NextFire(schedule.name(), new Fire(fire, zone, name, 0)));
        } catch (BadTimetable unreadable) {
            // of a zone that this Java no longer knows; the reconciler reports it
            return Stream.empty();
        }
    }
}
