package io.yardmaster.web.schedule;

import io.yardmaster.trigger.Schedule;
import io.yardmaster.web.api.Ids;
import java.time.Instant;
import java.util.Map;

/** A schedule as the API tells it. */
record ScheduleAnswer(
        String id,
        String name,
        String cron,
        String zone,
        Map<String, String> parameters,
        boolean enabled,
        int version,
        Instant effectiveFrom) {
    static ScheduleAnswer of(Schedule schedule) {
        return new ScheduleAnswer(
                Ids.written(schedule.id()),
                schedule.name(),
                schedule.timetable().expression(),
                schedule.timetable().zone(),
                schedule.parameters(),
                schedule.enabled(),
                schedule.version(),
                schedule.effectiveFrom());
    }
}
