package io.yardmaster.trigger;

import io.yardmaster.timetable.Timetable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What somebody wants a schedule to be.
 *
 * @param name unique among the job's schedules that are not archived
 * @param timetable when
 * @param parameters instead of, or beside, the job's own
 * @param enabled whether it fires
 */
public record ScheduleDraft(String name, Timetable timetable, Map<String, String> parameters, boolean enabled) {
    public ScheduleDraft {
        name = Objects.requireNonNullElse(name, "");
        parameters = parameters == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
}
