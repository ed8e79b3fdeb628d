package io.yardmaster.trigger;

import io.yardmaster.database.Database;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what schedules and backfills did before the days that are kept. Marks stay, so nothing forgotten fires again. Harmless to
 * run on every server at once.
 */
public final class PastFires {
    private static final Logger LOG = LoggerFactory.getLogger(PastFires.class);
    private static final int BATCH = 10_000;

    /** Index {@code fire_by_fired_at}. */
    private static final String FIRES = """
            WITH past AS (
                SELECT timetable_id, nominal_at FROM fire
                WHERE fired_at < clock_timestamp() - :kept * interval '1 second'
                ORDER BY fired_at LIMIT :batch FOR UPDATE SKIP LOCKED
            )
            DELETE FROM fire f USING past WHERE f.timetable_id = past.timetable_id AND f.nominal_at = past.nominal_at
            """;

    /** Index {@code fire_range_by_end}. */
    private static final String RANGES = """
            WITH past AS (
                SELECT id FROM fire_range WHERE through_at < clock_timestamp() - :kept * interval '1 second'
                ORDER BY through_at LIMIT :batch FOR UPDATE SKIP LOCKED
            )
            DELETE FROM fire_range r USING past WHERE r.id = past.id
            """;

    /** Index {@code schedule_stretch_closed}; one still open has no end, and stays. */
    private static final String STRETCHES = """
            WITH past AS (
                SELECT schedule_id, from_at FROM schedule_stretch
                WHERE through_at < clock_timestamp() - :kept * interval '1 second'
                ORDER BY through_at LIMIT :batch FOR UPDATE SKIP LOCKED
            )
            DELETE FROM schedule_stretch s USING past
            WHERE s.schedule_id = past.schedule_id AND s.from_at = past.from_at
            """;

    /** Indexes {@code timetable_settled_by_time} and so on. Until no calendar can have them due once more. */
    private static final List<String> SETTLED = Stream.of(
                    "timetable_settled settled_at", "timetable_overtaken overtaken_at", "schedule_settled settled_at")
            .map(table -> table.split(" "))
            .map(table -> """
                    DELETE FROM %s WHERE ctid = ANY (ARRAY(
                        SELECT ctid FROM %s WHERE %s < clock_timestamp() - greatest(:kept, %d) * interval '1 second'
                        ORDER BY %s LIMIT :batch FOR UPDATE SKIP LOCKED))
                    """.formatted(table[0], table[0], table[1], Settled.FURTHEST.toSeconds(), table[1]))
            .toList();

    /** Index {@code backfill_by_end}. A backfill can have more than one transaction should delete. */
    private static final String INSTANTS = """
            WITH past AS (
                SELECT i.backfill_id, i.place FROM backfill b JOIN backfill_instant i ON i.backfill_id = b.id
                WHERE b.ended_at < clock_timestamp() - :kept * interval '1 second'
                ORDER BY b.ended_at LIMIT :batch FOR UPDATE OF i SKIP LOCKED
            )
            DELETE FROM backfill_instant i USING past WHERE i.backfill_id = past.backfill_id AND i.place = past.place
            """;

    private static final String BACKFILLS = """
            WITH past AS (
                SELECT id FROM backfill WHERE ended_at < clock_timestamp() - :kept * interval '1 second'
                ORDER BY ended_at LIMIT :batch FOR UPDATE SKIP LOCKED
            )
            DELETE FROM backfill b USING past
            WHERE b.id = past.id AND NOT EXISTS (SELECT FROM backfill_instant i WHERE i.backfill_id = b.id)
            """;

    private final Database database;
    private final Duration kept;

    /** @param kept as long as a finished run stays: the ledger needs both */
    public PastFires(Database database, Duration kept) {
        this.database = database;
        this.kept = kept;
    }

    /** One pass, in transactions of bounded size. */
    public void sweep() {
        long forgotten = Stream.concat(Stream.of(FIRES, RANGES, STRETCHES, INSTANTS, BACKFILLS), SETTLED.stream())
                .mapToLong(this::all)
                .sum();
        if (forgotten > 0) {
            LOG.info("schedules: {} rows of past fires and backfills deleted", forgotten);
        }
    }

    private long all(String statement) {
        long all = 0;
        int deleted;
        do {
            deleted = database.inTransaction(transaction -> transaction
                    .sql()
                    .createUpdate(statement)
                    .bind("kept", kept.toSeconds())
                    .bind("batch", BATCH)
                    .execute());
            all += deleted;
        } while (deleted == BATCH);
        return all;
    }
}
