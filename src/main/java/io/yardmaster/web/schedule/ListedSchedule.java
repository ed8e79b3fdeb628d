package io.yardmaster.web.schedule;

import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.trigger.Schedule;
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
    public static ListedSchedule of(Schedule schedule) {
        return new ListedSchedule(
                schedule.id(),
                schedule.name(),
                When.of(schedule.timetable()),
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

    /** The next fires after {@code now} of those that are on, in order. */
    public static List<NextFire> nextFires(List<Schedule> schedules, Instant now) {
        return schedules.stream()
                .filter(schedule -> schedule.enabled() && schedule.pausedFrom() == null)
                .flatMap(schedule -> nextFires(schedule, now))
                .sorted(Comparator.comparing((NextFire next) -> next.fire().at())
                        .thenComparing(NextFire::schedule))
                .limit(Preview.FIRES)
                .toList();
    }

    private static Stream<NextFire> nextFires(Schedule schedule, Instant now) {
        Instant from = schedule.effectiveFrom().isAfter(now) ? schedule.effectiveFrom() : now;
        try {
            ZoneId zone = ZoneId.of(schedule.timetable().zone());
            List<Occurrence> next = Preview.next(schedule.timetable(), schedule.terms(), from);
            return next.stream()
                    .map(fire -> new NextFire(schedule.name(), new Fire(fire.at(), zone, fire.adjustment())));
        } catch (BadTimetable unreadable) {
            // of a zone that this Java no longer knows; the reconciler reports it
            return Stream.empty();
        }
    }
}
