package io.yardmaster.web.backfill;

import io.yardmaster.database.Invalid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;

/** An end of a range as people and programs write it: a date, a local time, or an instant. */
final class BackfillTime {
    private static final int LAST_YEAR = 9999;

    private BackfillTime() {}

    /** The first second of a date. Null for what cannot be read, which is added to {@code problems}. */
    static Instant from(String text, ZoneId zone, Invalid.Problems problems) {
        return read("from", text, zone, problems);
    }

    /** The last second of a date. */
    static Instant until(String text, ZoneId zone, Invalid.Problems problems) {
        Instant read = read("until", text, zone, problems);
        return read == null || !isDate(text)
                ? read
                : LocalDate.parse(text)
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .toInstant()
                        .minusSeconds(1);
    }

    private static Instant read(String field, String text, ZoneId zone, Invalid.Problems problems) {
        if (text == null || text.isEmpty()) {
            problems.add(field, null, "invalid.absent");
            return null;
        }
        try {
            OffsetDateTime time = parsed(text, zone, field.equals("until"));
            if (time.getYear() >= 1 && time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeException unreadable) {
            // told below
        }
        problems.add(field, text, "invalid.backfill.time");
        return null;
    }

    private static OffsetDateTime parsed(String text, ZoneId zone, boolean last) {
        if (isDate(text)) {
            return LocalDate.parse(text).atStartOfDay(zone).toOffsetDateTime();
        }
        boolean local = text.matches("[^Z+]*T[0-9:.]+");
        return local ? local(LocalDateTime.parse(text), zone, last) : OffsetDateTime.parse(text);
    }

    /** What a clock change leaves out is the moment of the change; of what comes twice, the range has both. */
    private static OffsetDateTime local(LocalDateTime time, ZoneId zone, boolean last) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        if (change != null && change.isGap()) {
            return change.getInstant().atZone(zone).toOffsetDateTime();
        }
        ZonedDateTime first = time.atZone(zone);
        return (last ? first.withLaterOffsetAtOverlap() : first).toOffsetDateTime();
    }

    private static boolean isDate(String text) {
        return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    }
}
