package io.yardmaster.timetable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;

/**
 * A time as somebody writes it, in ISO 8601: by the zone's clock ({@code 2026-11-23T02:00}), or with an offset or {@code Z}
 * as an instant.
 *
 * @param second epoch second; of the local time, if it is one, read as if the clock were UTC
 * @param isLocal whether the zone's clock is meant
 */
record Moment(long second, boolean isLocal) {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm[:ss][XXX][X]").withResolverStyle(ResolverStyle.STRICT);

    /** Seconds by which no zone's clock differs from UTC. */
    private static final long WELL_BEFORE = 2 * 86_400;

    /** @throws BadTimetable about {@code field} */
    static Moment parse(String field, String text) {
        try {
            TemporalAccessor read = FORM.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            if (read instanceof OffsetDateTime offset) {
                return new Moment(offset.toEpochSecond(), false);
            }
            return new Moment(((LocalDateTime) read).toEpochSecond(ZoneOffset.UTC), true);
        } catch (DateTimeException unreadable) {
            throw new BadTimetable(field, text, 0, "invalid.moment", field);
        }
    }

    /** This one time; where the zone's clock leaves it out or shows it twice, the rules of {@code timetable} decide. */
    Occurrences occurrences(Timetable timetable) {
        return isLocal ? ZonedTimes.of(new OneTime(second), timetable) : new ExactRate(second, 1, 1);
    }

    /** @throws BadTimetable if the zone's clock leaves it out and no rule puts it elsewhere */
    Instant instant(Timetable timetable) {
        return occurrences(timetable)
                .next(Instant.ofEpochSecond(second - WELL_BEFORE))
                .orElseThrow(() -> new BadTimetable(
                        "at",
                        LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).toString(),
                        0,
                        "invalid.once.left-out"));
    }

    /** The local time meant: what the zone's clock shows then. */
    LocalDateTime local(ZoneId zone) {
        return isLocal
                ? LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC)
                : LocalDateTime.ofInstant(Instant.ofEpochSecond(second), zone);
    }

    /** One local time. */
    private record OneTime(long only) implements LocalTimes {
        @Override
        public long match(long local) {
            return local <= only ? only : NEVER;
        }

        @Override
        public boolean repeatWithinDay() {
            return false;
        }
    }
}
