package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Occurrences;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Schedules whose pause has ended and that have not yet gone on. */
final class ResumedSchedules {
    /** Index {@code schedule_to_resume}. What another server holds is left to it: nobody waits here. */
    private static final String TAKE = """
            SELECT timetable_id FROM timetable_mark
            WHERE timetable_id IN (
                SELECT s.timetable_id FROM schedule s
                WHERE s.resume_with IS NOT NULL AND s.timetable_id <> ALL (:without) ORDER BY s.id LIMIT :most)
            ORDER BY timetable_id FOR NO KEY UPDATE SKIP LOCKED
            """;

    /** Index {@code schedule_to_resume}. Who switches a job waits for the marks. */
    private static final String RESUMED = """
            SELECT s.id, s.resume_with, s.paused_from, s.valid_from, s.valid_until,
                   s.catch_up, s.catch_up_count, s.catch_up_age_seconds, s.catch_up_spread_seconds,
                   %s, %s,
                   s.disabled_at IS NULL AND s.archived_at IS NULL AND j.disabled_at IS NULL AND j.archived_at IS NULL AS is_on
            FROM schedule s JOIN timetable t ON t.id = s.timetable_id JOIN job j ON j.id = s.job_id
            LEFT JOIN business_calendar c ON c.id = t.calendar_id
            WHERE s.resume_with IS NOT NULL AND\s""".formatted(DatedTimetable.COLUMNS, Settled.OF_BOTH);

    private static final String OF_TIMETABLES =
            RESUMED + "s.timetable_id = ANY (:timetables) ORDER BY s.id LIMIT :most";

    /** Index {@code schedule_pkey}. */
    private static final String OF_SCHEDULE = RESUMED + "s.id = :schedule";

    private static final String GO_ON = """
            UPDATE schedule SET paused_from = NULL, resume_with = NULL, effective_from = :now
            WHERE id = :schedule AND resume_with IS NOT NULL
            """;

    private static final String COME_THROUGH = """
            UPDATE schedule SET paused_from = :through WHERE id = :schedule AND resume_with IS NOT NULL
            """;

    private final KnownTimetables known;

    ResumedSchedules(KnownTimetables known) {
        this.known = known;
    }

    /** One schedule that may go on. */
    record Resumed(Follower follower, DatedTimetable when, boolean on) {
        long schedule() {
            return follower.schedule();
        }

        /** Nothing is expected of one that is off. */
        PausedWalk walk(Occurrences occurrences, Instant now, int most) {
            Instant after = follower.from().minusNanos(1);
            Instant through = !on ? after : follower.until().isBefore(now) ? follower.until() : now;
            Instant reach = follower.catchUp().reachThrough(occurrences, after, through, now);
            return PausedWalk.of(occurrences, after, through, reach, most);
        }
    }

    /** Locks timetables of at most so many schedules. */
    List<Long> take(Transaction transaction, int most, List<Long> without) {
        return transaction
                .sql()
                .createQuery(TAKE)
                .bindArray("without", Long.class, without)
                .bind("most", most)
                .mapTo(Long.class)
                .list();
    }

    /** As they are now; the caller holds their timetables. */
    List<Resumed> read(Transaction transaction, List<Long> timetables, int most) {
        return transaction
                .sql()
                .createQuery(OF_TIMETABLES)
                .bindArray("timetables", Long.class, timetables)
                .bind("most", most)
                .map((row, context) -> resumed(row))
                .list();
    }

    /** All of them that can go on. */
    List<Resumed> readable(Transaction transaction, List<Long> timetables) {
        return read(transaction, timetables, Integer.MAX_VALUE).stream()
                .filter(one -> known.canRead(transaction, one.when))
                .toList();
    }

    /** None or one, likewise. */
    List<Resumed> of(Transaction transaction, long schedule) {
        return transaction
                .sql()
                .createQuery(OF_SCHEDULE)
                .bind("schedule", schedule)
                .map((row, context) -> resumed(row))
                .list();
    }

    private static Resumed resumed(ResultSet row) throws SQLException {
        return new Resumed(Follower.paused(row), DatedTimetable.of(row), row.getBoolean("is_on"));
    }

    void goOn(Transaction transaction, Resumed one, Instant now) {
        transaction
                .sql()
                .createUpdate(GO_ON)
                .bind("schedule", one.schedule())
                .bind("now", now)
                .execute();
    }

    /** What came up to {@code through} is dealt with. */
    void comeThrough(Transaction transaction, Resumed one, Instant through) {
        transaction
                .sql()
                .createUpdate(COME_THROUGH)
                .bind("schedule", one.schedule())
                .bind("through", through)
                .execute();
    }

    Occurrences occurrences(Transaction transaction, Resumed one) {
        return known.of(transaction, one.when()).without(one.follower().settled());
    }
}
