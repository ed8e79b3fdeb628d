package io.yardmaster.trigger;

import io.yardmaster.timetable.FollowedCalendar;
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
 * @param terms validity, jitter and catch-up
 */
public record ScheduleDraft(
        String name, Timetable timetable, Map<String, String> parameters, boolean enabled, Terms terms) {
    /** On standard terms. */
    public ScheduleDraft(String name, Timetable timetable, Map<String, String> parameters, boolean enabled) {
        this(name, timetable, parameters, enabled, Terms.STANDARD);
    }

    public ScheduleDraft {
        name = Objects.requireNonNullElse(name, "");
        terms = Objects.requireNonNullElse(terms, Terms.STANDARD);
        parameters = parameters == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** The same, going by that calendar; null for none. */
    public ScheduleDraft by(FollowedCalendar calendar) {
        return new ScheduleDraft(name, timetable.with(calendar), parameters, enabled, terms);
    }

    /** The same, switched on or off. */
    ScheduleDraft enabled(boolean on) {
        return new ScheduleDraft(name, timetable, parameters, on, terms);
    }
}
