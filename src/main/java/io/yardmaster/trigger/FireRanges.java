package io.yardmaster.trigger;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.List;

/** Writes to the ledger which instants made no run, and why. */
final class FireRanges {
    /**
     * One row per schedule. The schedule's last row is made longer instead, if it has the same reason and nothing came of any
     * instant since, so that an outage or a night's blackout is one row however many passes it takes to write (indexes
     * {@code fire_range_by_schedule}, {@code fire_pkey}).
     */
    private static final String LEAVE_OUT = """
            WITH said AS MATERIALIZED (
                SELECT * FROM unnest(:schedules, :froms, :throughs, :instants)
                    AS s (schedule_id, from_at, through_at, instants)
            ), last AS MATERIALIZED (
                SELECT r.id, r.schedule_id FROM said
                CROSS JOIN LATERAL (
                    SELECT * FROM fire_range f WHERE f.schedule_id = said.schedule_id
                    ORDER BY f.from_at DESC, f.id DESC LIMIT 1
                ) r
                JOIN schedule s ON s.id = r.schedule_id AND r.from_at > s.effective_from
                WHERE r.reason = :reason AND r.detail IS NOT DISTINCT FROM :detail AND r.through_at < said.from_at
                    AND NOT EXISTS (SELECT FROM fire f WHERE f.timetable_id = s.timetable_id
                        AND f.nominal_at > r.through_at AND f.nominal_at < said.from_at)
            ), longer AS (
                UPDATE fire_range r SET through_at = said.through_at, instants = r.instants + said.instants
                FROM last JOIN said ON said.schedule_id = last.schedule_id WHERE r.id = last.id
                RETURNING r.schedule_id
            )
            INSERT INTO fire_range (schedule_id, from_at, through_at, instants, reason, detail)
            SELECT schedule_id, from_at, through_at, instants, :reason, :detail
            FROM said WHERE schedule_id NOT IN (SELECT schedule_id FROM longer)
            """;

    /** What one schedule leaves out. */
    record Entry(long schedule, LeftOut leftOut) {
        Instant from() {
            return leftOut.from();
        }

        Instant through() {
            return leftOut.through();
        }

        int instants() {
            return leftOut.instants();
        }
    }

    private FireRanges() {}

    /**
     * @param entries no schedule twice
     * @param detail beside the reason, such as the calendar's name; or null
     */
    static void leaveOut(Transaction transaction, List<Entry> entries, String reason, String detail) {
        if (entries.isEmpty()) {
            return;
        }
        transaction
                .sql()
                .createUpdate(LEAVE_OUT)
                .bindNamedArgumentFinder(Columns.of(entries)
                        .with("schedules", Long.class, Entry::schedule)
                        .with("froms", Instant.class, Entry::from)
                        .with("throughs", Instant.class, Entry::through)
                        .with("instants", Integer.class, Entry::instants))
                .bind("reason", reason)
                .bind("detail", detail)
                .execute();
    }
}
