package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A schedule that is on and waits for a timetable.
 *
 * @param from instants before it are none of its
 * @param until instants after it are none of its
 * @param settled nominal instants that are none of its, beside those that are none of its timetable's
 */
record Follower(long schedule, CatchUp catchUp, Instant from, Instant until, Set<Instant> settled) {
    /** Index {@code schedule_to_fire}. */
    private static final String OF_TIMETABLE = """
            SELECT s.id, %s, s.catch_up, s.catch_up_count, s.catch_up_age_seconds, s.catch_up_spread_seconds, s.effective_from,
                   s.valid_from, s.valid_until
            FROM schedule s JOIN job j ON j.id = s.job_id
            WHERE s.timetable_id = :timetable AND s.disabled_at IS NULL AND s.archived_at IS NULL AND s.paused_from IS NULL
                AND j.disabled_at IS NULL AND j.archived_at IS NULL
            ORDER BY s.id
            """.formatted(Settled.OF_SCHEDULE);

    static List<Follower> of(Transaction transaction, long timetable) {
        return transaction
                .sql()
                .createQuery(OF_TIMETABLE)
                .bind("timetable", timetable)
                .map((row, context) -> follower(row))
                .list();
    }

    private static Follower follower(ResultSet row) throws SQLException {
        return follower(row, Timetables.instant(row, "effective_from"), catchUp(row));
    }

    /** One whose instants have waited for the end of a pause, and get what {@code resume_with} says. */
    static Follower paused(ResultSet row) throws SQLException {
        CatchUp chosen = Pause.Choice.valueOf(row.getString("resume_with")).of(catchUp(row));
        return follower(row, Timetables.instant(row, "paused_from"), chosen);
    }

    private static Follower follower(ResultSet row, Instant after, CatchUp catchUp) throws SQLException {
        Instant effective = after.plusNanos(1);
        Instant validFrom = Objects.requireNonNullElse(Timetables.instant(row, "valid_from"), effective);
        return new Follower(
                row.getLong("id"),
                catchUp,
                validFrom.isAfter(effective) ? validFrom : effective,
                Objects.requireNonNullElse(Timetables.instant(row, "valid_until"), Instant.MAX),
                Settled.read(row, "settled"));
    }

    private static CatchUp catchUp(ResultSet row) throws SQLException {
        return new CatchUp(
                CatchUp.Policy.valueOf(row.getString("catch_up")),
                row.getInt("catch_up_count"),
                Duration.ofSeconds(row.getLong("catch_up_age_seconds")),
                Duration.ofSeconds(row.getInt("catch_up_spread_seconds")));
    }

    boolean waitsFor(Occurrence occurrence) {
        return !occurrence.at().isBefore(from)
                && !occurrence.at().isAfter(until)
                && !settled.contains(occurrence.nominal());
    }

    /**
     * What of {@code all} concerns this schedule; null if nothing does.
     *
     * @param skipped whether it is the calendar that left them out
     */
    LeftOut part(LeftOut all, Occurrences occurrences, boolean skipped) {
        if (all == null
                || (settled.isEmpty()
                        && !all.from().isBefore(from)
                        && !all.through().isAfter(until))) {
            return all;
        }
        LeftOut part = null;
        Instant start = all.from().isBefore(from) ? from : all.from();
        Instant end = all.through().isAfter(until) ? until : all.through();
        for (Occurrence occurrence :
                occurrences.without(settled).between(start.minusNanos(1), end, Integer.MAX_VALUE)) {
            part = occurrence.skipped() == skipped ? LeftOut.with(part, occurrence.at()) : part;
        }
        return part;
    }
}
