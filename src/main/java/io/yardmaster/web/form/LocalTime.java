package io.yardmaster.web.form;

import io.yardmaster.database.Invalid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** A point in time as a form's field for date and time has it: {@code 2026-01-31T02:30}, without a zone. */
public final class LocalTime {
    /** Greater ones overflow the database's own. */
    private static final int LAST_YEAR = 9999;

    private LocalTime() {}

    /** @return null for nothing, and for what cannot be read, which is added to {@code problems} */
    public static Instant read(String field, String typed, ZoneId zone, Invalid.Problems problems) {
        if (typed.isEmpty()) {
            return null;
        }
        try {
            LocalDateTime time = LocalDateTime.parse(typed);
            if (time.getYear() >= 1 && time.getYear() <= LAST_YEAR) {
                return time.atZone(zone).toInstant();
            }
        } catch (DateTimeException unreadable) {
            // told below
        }
        problems.add(field, typed, "invalid.local-time");
        return null;
    }
}
