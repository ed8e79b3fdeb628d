package io.yardmaster.web.schedule;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.definition.CalendarName;
import io.yardmaster.web.definition.ScheduleWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A schedule as the API tells it.
 *
 * @param said when it fires and on what terms, in the fields of its document
 */
record ScheduleAnswer(
        String id,
        String name,
        Map<String, Object> said,
        Map<String, String> parameters,
        boolean enabled,
        int version,
        Instant effectiveFrom) {
    static ScheduleAnswer of(Schedule schedule, CalendarName calendar) {
        Map<String, Object> said = new LinkedHashMap<>(ScheduleWriter.when(schedule.timetable(), calendar));
        said.putAll(ScheduleWriter.limits(schedule.terms()));
        said.put("catchUp", ScheduleWriter.catchUp(schedule.terms().catchUp()));
        return new ScheduleAnswer(
                Ids.written(schedule.id()),
                schedule.name(),
                said,
                schedule.parameters(),
                schedule.enabled(),
                schedule.version(),
                schedule.effectiveFrom());
    }

    @Override
    @JsonAnyGetter
    public Map<String, Object> said() {
        return said;
    }
}
