package io.yardmaster.trigger;

import java.time.Instant;
import java.util.List;

/**
 * How far {@link Fires#settle} came.
 *
 * @param now the moment through which timetables are settled, by which the change takes effect
 * @param unread those that cannot be read, such as by a zone that this Java does not know: they are settled as far as they were
 */
record Settlement(Instant now, List<Mark> unread) {
    Instant through(long timetable) {
        return unread.stream()
                .filter(mark -> mark.id() == timetable)
                .map(Mark::firedThrough)
                .findFirst()
                .orElse(now);
    }

    List<Long> unreadTimetables() {
        return unread.stream().map(Mark::id).toList();
    }
}
