package io.yardmaster.dispatch;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Transaction;

/**
 * Watches how long attempts run. Workers end theirs when the time is over; of one that does not, the server asks for the end,
 * and what its node then says, or its loss, ends the attempt as timed out. Time that a run is paused does not count.
 */
final class RunningTimes {
    /** How much longer than its limit an attempt may run before its worker is taken to have forgotten it. */
    static final int GRACE_SECONDS = 10;

    /**
     * Attempts that run, and for how long (indexes {@code job_version_pkey}, and those of {@code runs_on_nodes}): as many as there are slots
     * in use; what has just begun is not looked up.
     */
    static final String RUNNING = """
            WITH running AS MATERIALIZED (
                SELECT r.id, t.ran, v.timeout_seconds AS timeout, v.warn_after_seconds AS warn_after
                FROM runs_on_nodes() r CROSS JOIN LATERAL (VALUES (coalesce(r.ran_seconds, 0)
                    + extract(epoch FROM clock_timestamp() - coalesce(r.slice_began_at, r.started_at)))) t (ran)
                CROSS JOIN LATERAL (
                    SELECT timeout_seconds, warn_after_seconds FROM job_version
                    WHERE job_id = r.job_id AND version = r.job_version LIMIT 1) v
                WHERE r.state = 'RUNNING' AND r.cancel_requested_at IS NULL
                    AND r.started_at < clock_timestamp() - interval '1 second'
            )""";

    /** Index {@code run_pkey}. What its worker is reporting at this moment needs no asking. */
    private static final String END_OVERDUE = RUNNING + """
            , overdue AS MATERIALIZED (
                SELECT id FROM run
                WHERE id = ANY (ARRAY(SELECT id FROM running WHERE ran > timeout + :grace)) AND state = 'RUNNING'
                    AND cancel_requested_at IS NULL
                ORDER BY id FOR UPDATE SKIP LOCKED
            )
            UPDATE run SET cancel_requested_at = clock_timestamp(), cancel_requested_by = 'its time limit', end_as = 'TIMED_OUT'
            WHERE id = ANY (ARRAY(SELECT id FROM overdue))
            """;

    /** Index {@code run_pkey}. */
    private static final String MARK_LONG = RUNNING + """
            , long AS MATERIALIZED (
                SELECT id, started_at FROM run
                WHERE id = ANY (ARRAY(SELECT id FROM running WHERE ran > warn_after)) AND state = 'RUNNING'
                    AND (long_since IS NULL OR long_since < started_at)
                ORDER BY id FOR UPDATE SKIP LOCKED
            )
            UPDATE run SET long_since = clock_timestamp() WHERE id = ANY (ARRAY(SELECT id FROM long))
            """;

    private RunningTimes() {}

    /** Asks for the end of what runs too long. @return how many */
    static int endOverdue(Transaction transaction) {
        int asked = transaction
                .sql()
                .createUpdate(END_OVERDUE)
                .bind("grace", GRACE_SECONDS)
                .execute();
        if (asked > 0) {
            transaction.announce(Channel.NODE_NEWS);
        }
        return asked;
    }

    /** Marks what runs longer than its job lets pass unremarked. @return how many */
    static int markLong(Transaction transaction) {
        return transaction.sql().createUpdate(MARK_LONG).execute();
    }
}
