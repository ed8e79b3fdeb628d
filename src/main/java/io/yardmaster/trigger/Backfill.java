package io.yardmaster.trigger;

import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.Timetable;
import java.time.Instant;
import java.util.Map;

/**
 * Runs of a job for past instants.
 *
 * @param of whose runs
 * @param timetable the schedule's as it was, or the one given
 * @param calendar by which it goes, as {@code namespace/name}; null for none
 * @param calendarRule null for no calendar, or where it was not kept
 * @param from the first instant that is meant
 * @param until the last instant that is meant
 * @param instants how many there are, those left out too
 * @param parameters instead of, or beside, the job's own
 * @param course what happened to it when
 */
public record Backfill(
        long id,
        Of of,
        Timetable timetable,
        String calendar,
        CalendarRule calendarRule,
        Instant from,
        Instant until,
        int instants,
        BackfillTerms terms,
        Map<String, String> parameters,
        BackfillState state,
        Course course,
        BackfillProgress progress) {

    /** Job and schedule, by what people call them; the schedule's name is null for a timetable of its own. */
    public record Of(long job, String namespace, String name, boolean archived, Long scheduleId, String schedule) {
        public String fullName() {
            return namespace + "/" + name;
        }
    }

    /**
     * @param cancelledBy null if nobody did
     * @param endedAt null while it has not
     */
    public record Course(Instant createdAt, String createdBy, String cancelledBy, Instant endedAt) {}
}
