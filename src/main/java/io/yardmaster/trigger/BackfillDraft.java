package io.yardmaster.trigger;

import io.yardmaster.timetable.Timetable;
import java.time.Instant;
import java.util.Map;

/**
 * What somebody wants of a backfill.
 *
 * @param job id of the job
 * @param schedule whose instants are meant; null for those of a timetable given
 * @param timetable the schedule's, or the one given
 * @param from the first instant that is meant
 * @param until the last instant that is meant
 * @param parameters instead of, or beside, those of schedule and job
 */
public record BackfillDraft(
        long job,
        Schedule schedule,
        Timetable timetable,
        Instant from,
        Instant until,
        BackfillTerms terms,
        Map<String, String> parameters) {
    Long scheduleId() {
        return schedule == null ? null : schedule.id();
    }
}
