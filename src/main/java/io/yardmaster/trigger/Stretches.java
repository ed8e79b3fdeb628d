package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When each schedule was on, and by which timetable. */
final class Stretches {
    /** Index {@code schedule_stretch_open}. */
    private static final String CLOSE = """
            UPDATE schedule_stretch SET through_at = greatest(from_at, :now) WHERE schedule_id = :schedule AND through_at IS NULL
            """;

    /** What has not begun is as if it had never been. */
    private static final String DROP = """
            DELETE FROM schedule_stretch WHERE schedule_id = :schedule AND through_at IS NULL AND from_at >= :now
            """;

    private static final String OPEN = """
            INSERT INTO schedule_stretch (schedule_id, timetable_id, calendar_version, from_at, until_at)
            VALUES (:schedule, :timetable,
                (SELECT c.version FROM timetable t JOIN business_calendar c ON c.id = t.calendar_id WHERE t.id = :timetable),
                greatest(:now, CAST(:validFrom AS timestamptz) - interval '1 microsecond'), :validUntil)
            """;

    /** Indexes {@code schedule_to_fire}, {@code schedule_stretch_open}. One that has not begun holds from the start. */
    private static final String CLOSE_ALL = """
            UPDATE schedule_stretch x SET through_at = :now FROM schedule s
            WHERE s.timetable_id = ANY (:timetables) AND s.disabled_at IS NULL AND s.archived_at IS NULL
                AND x.schedule_id = s.id AND x.through_at IS NULL AND x.from_at < :now
            """;

    private static final String NOT_BEGUN = """
            UPDATE schedule_stretch x SET calendar_version = c.version
            FROM schedule s JOIN timetable t ON t.id = s.timetable_id JOIN business_calendar c ON c.id = t.calendar_id
            WHERE s.timetable_id = ANY (:timetables) AND s.disabled_at IS NULL AND s.archived_at IS NULL
                AND x.schedule_id = s.id AND x.through_at IS NULL
            """;

    /** Index {@code schedule_stretch_open}. One that begins at that moment was not closed. */
    private static final String OPEN_ALL = """
            INSERT INTO schedule_stretch (schedule_id, timetable_id, calendar_version, from_at, until_at)
            SELECT x.schedule_id, x.timetable_id, c.version, :now, x.until_at
            FROM schedule s JOIN timetable t ON t.id = s.timetable_id JOIN business_calendar c ON c.id = t.calendar_id
            JOIN schedule_stretch x ON x.schedule_id = s.id AND x.timetable_id = t.id AND x.through_at = :now
            WHERE s.timetable_id = ANY (:timetables) AND s.disabled_at IS NULL AND s.archived_at IS NULL
                AND NOT EXISTS (SELECT FROM schedule_stretch o WHERE o.schedule_id = s.id AND o.through_at IS NULL)
            """;

    private Stretches() {}

    /** From where they are settled on these timetables go by another version of their calendar. */
    static void turn(Transaction transaction, List<Long> timetables, Settlement settled) {
        for (Mark unread : settled.unread()) {
            turn(transaction, List.of(unread.id()), unread.firedThrough());
        }
        List<Long> read = new ArrayList<>(timetables);
        read.removeAll(settled.unreadTimetables());
        turn(transaction, read, settled.now());
    }

    private static void turn(Transaction transaction, List<Long> timetables, Instant now) {
        for (String statement : List.of(CLOSE_ALL, NOT_BEGUN, OPEN_ALL)) {
            transaction
                    .sql()
                    .createUpdate(statement)
                    .bindArray("timetables", Long.class, timetables)
                    .bind("now", now)
                    .execute();
        }
    }

    /** From {@code now} on the schedule is {@code on}, as it stands. */
    static void turn(Transaction transaction, Schedule schedule, boolean on, Instant now) {
        for (String statement : List.of(DROP, CLOSE)) {
            transaction
                    .sql()
                    .createUpdate(statement)
                    .bind("schedule", schedule.id())
                    .bind("now", now)
                    .execute();
        }
        if (on) {
            transaction
                    .sql()
                    .createUpdate(OPEN)
                    .bind("schedule", schedule.id())
                    .bind("timetable", schedule.timetableId())
                    .bind("now", now)
                    .bind("validFrom", schedule.terms().validFrom())
                    .bind("validUntil", schedule.terms().validUntil())
                    .execute();
        }
    }
}
