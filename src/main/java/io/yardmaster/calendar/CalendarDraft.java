package io.yardmaster.calendar;

import java.util.Objects;

/**
 * What somebody wants a calendar to be.
 *
 * @param namespace whose calendar it is
 * @param name unique in its namespace among the calendars that are not archived
 * @param description for people; may be empty
 * @param shared whether schedules of other namespaces may follow it
 * @param content which days work and which hours do not
 */
public record CalendarDraft(
        String namespace, String name, String description, boolean shared, BusinessCalendar content) {
    public CalendarDraft {
        namespace = Objects.requireNonNullElse(namespace, "");
        name = Objects.requireNonNullElse(name, "");
        description = Objects.requireNonNullElse(description, "");
        Objects.requireNonNull(content, "content");
    }

    /** The same with other days and hours. */
    public CalendarDraft with(BusinessCalendar other) {
        return new CalendarDraft(namespace, name, description, shared, other);
    }
}
