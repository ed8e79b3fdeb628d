package io.yardmaster.run;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps partitions of history, output and decisions ahead of time and drops those that are past their days, and with them
 * the minutes of the roll-up, verdicts and bulk acts. Harmless to run on every server at once.
 */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final List<String> PARTITIONED = List.of("decision", "output_chunk", "run_note", "run_history");
    private static final Duration AHEAD = Duration.ofDays(7);
    private static final int MINUTES_AT_ONCE = 10_000;

    /** Primary key. */
    private static final String DELETE_MINUTES = """
            WITH past AS (
                SELECT minute, queue_id, state, shard FROM run_minute
                WHERE minute < statement_timestamp() - :kept * interval '1 second'
                ORDER BY minute, queue_id, state, shard LIMIT :batch FOR UPDATE SKIP LOCKED
            )
            DELETE FROM run_minute m USING past
            WHERE m.minute = past.minute AND m.queue_id = past.queue_id AND m.state = past.state
              AND m.shard = past.shard
            """;

    /** Primary key. There are few. */
    private static final String DELETE_VERDICTS = """
            DELETE FROM run_verdict v
            WHERE v.run_id < id_floor(statement_timestamp() - :kept * interval '1 second')
              AND NOT EXISTS (SELECT FROM run_history r WHERE r.id = v.run_id)
            """;

    /** There are few. */
    private static final String DELETE_BULK_ACTS =
            "DELETE FROM bulk_act WHERE ended_at < statement_timestamp() - :kept * interval '1 second'";

    private final Database database;
    private final Duration kept;

    /** @param kept how long a finished run stays, at least a day */
    public Retention(Database database, Duration kept) {
        this.database = database;
        this.kept = kept;
    }

    /** One pass: create what will be needed, drop what is over. A partition in use is dropped by a later pass. */
    public void keep() {
        int made = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT create_partitions(:parents, :through)")
                .bindArray("parents", String.class, PARTITIONED)
                .bind("through", transaction.now().plus(AHEAD))
                .mapTo(Integer.class)
                .one());
        int dropped = PARTITIONED.stream().mapToInt(this::drop).sum();
        if (made + dropped > 0) {
            LOG.info("history: {} partitions made, {} dropped", made, dropped);
        }
        deleteMinutes();
        delete(DELETE_VERDICTS);
        delete(DELETE_BULK_ACTS);
    }

    private void delete(String past) {
        database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate(past)
                .bind("kept", kept.toSeconds())
                .execute());
    }

    private void deleteMinutes() {
        int deleted;
        do {
            deleted = database.inTransaction(transaction -> transaction
                    .sql()
                    .createUpdate(DELETE_MINUTES)
                    .bind("kept", kept.toSeconds())
                    .bind("batch", MINUTES_AT_ONCE)
                    .execute());
        } while (deleted == MINUTES_AT_ONCE);
    }

    private int drop(String parent) {
        try {
            return database.inTransaction(transaction -> transaction
                    .sql()
                    .createQuery("SELECT drop_partitions(:parent, :olderThan)")
                    .bind("parent", parent)
                    .bind("olderThan", keepFrom(transaction))
                    .mapTo(Integer.class)
                    .one());
        } catch (JdbiException busy) {
            LOG.info("old partitions of {} are in use and will be dropped later: {}", parent, busy.getMessage());
            return 0;
        }
    }

    /** Never past the oldest unfinished run: its row will be moved to the partition of the day on which it was made. */
    private Instant keepFrom(Transaction transaction) {
        Instant limit = transaction.now().minus(kept);
        return transaction
                .sql()
                .createQuery("SELECT least(:limit, id_instant(min(id))) FROM run")
                .bind("limit", limit)
                .mapTo(Instant.class)
                .one();
    }
}
