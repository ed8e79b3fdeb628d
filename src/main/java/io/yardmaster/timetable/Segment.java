package io.yardmaster.timetable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * A stretch of time through which a zone's offset stays the same, with the clock changes at its ends. Instants and
 * local times are in epoch seconds; a local time is what the clock shows, read as if it were UTC.
 *
 * @param start first second of it
 * @param end first second after it
 * @param offset seconds that local time is ahead of UTC
 * @param atStart the clock change that it begins with, or null
 * @param atEnd the clock change that it ends with, or null
 */
record Segment(long start, long end, int offset, ZoneOffsetTransition atStart, ZoneOffsetTransition atEnd) {
    static Segment around(long second, ZoneRules rules) {
        ZoneOffsetTransition before = rules.previousTransition(Instant.ofEpochSecond(second + 1));
        ZoneOffsetTransition after = rules.nextTransition(Instant.ofEpochSecond(second));
        return new Segment(
                before == null ? Long.MIN_VALUE : before.toEpochSecond(),
                after == null ? Long.MAX_VALUE : after.toEpochSecond(),
                rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds(),
                before,
                after);
    }

    boolean contains(long second) {
        return start <= second && second < end;
    }

    boolean startsWithGap() {
        return atStart != null && atStart.isGap();
    }

    /** First local time that the clock change at the start leaves out. */
    long gapFrom() {
        return atStart.getDateTimeBefore().toEpochSecond(ZoneOffset.UTC);
    }

    /** First local time after the gap. */
    long gapTo() {
        return atStart.getDateTimeAfter().toEpochSecond(ZoneOffset.UTC);
    }

    /** Local times before this are in their second pass. */
    long secondPassTo() {
        return atStart != null && atStart.isOverlap()
                ? atStart.getDateTimeBefore().toEpochSecond(ZoneOffset.UTC)
                : Long.MIN_VALUE;
    }

    /** Local times from this on are in their first pass of two. */
    long firstPassFrom() {
        return atEnd != null && atEnd.isOverlap()
                ? atEnd.getDateTimeAfter().toEpochSecond(ZoneOffset.UTC)
                : Long.MAX_VALUE;
    }
}
