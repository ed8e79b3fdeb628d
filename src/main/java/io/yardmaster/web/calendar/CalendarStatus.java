package io.yardmaster.web.calendar;

import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.web.api.Ids;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What the server says of a calendar beside its document; ignored when it is sent back.
 *
 * @param expires whether the last day for which holidays are known is 30 days away or less
 */
record CalendarStatus(String id, int version, Instant updatedAt, boolean expires) {
    static CalendarStatus of(NamedCalendar calendar, Instant now) {
        return new CalendarStatus(
                Ids.written(calendar.id()),
                calendar.version(),
                calendar.updatedAt(),
                calendar.expires(LocalDate.ofInstant(now, ZoneOffset.UTC)));
    }
}
