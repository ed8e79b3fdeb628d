package io.yardmaster.calendar;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A calendar as it is stored.
 *
 * @param id never changes
 * @param version what an editor's work is checked against, and by which its days are found later
 * @param draft what it is
 * @param updatedAt when it became so
 * @param archived whether it is out of use for good
 */
public record NamedCalendar(long id, int version, CalendarDraft draft, Instant updatedAt, boolean archived) {
    /** Days before the last known one at which a warning begins. */
    public static final int WARNING_DAYS = 60;

    public String namespace() {
        return draft.namespace();
    }

    public String name() {
        return draft.name();
    }

    /** As {@code namespace/name}, the way people say it. */
    public String fullName() {
        return namespace() + "/" + name();
    }

    public BusinessCalendar content() {
        return draft.content();
    }

    /** Whether somebody should enter further holidays. */
    public boolean expires(LocalDate today) {
        return !today.plusDays(WARNING_DAYS).isBefore(content().knownThrough());
    }
}
