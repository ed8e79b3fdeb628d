package io.yardmaster.queue;

/** What every statement that ends runs has in common: it notes what their jobs do to conditions then. */
final class EndSignals {
    /** Of the common table expression {@code facts}, with {@code final_state}. Index {@code job_signal_pkey}, for each run by itself. */
    static final String SQL = """

            , signals AS (
                INSERT INTO condition_signal (lock_id, run_id, act, variables)
                SELECT s.lock_id, f.id, s.act, s.variables
                FROM facts f CROSS JOIN LATERAL (
                    SELECT * FROM job_signal WHERE job_id = f.job_id AND (on_end = 'ANY'
                        OR on_end = 'SUCCESS' AND f.final_state = 'SUCCEEDED'
                        OR on_end = 'FAILURE' AND f.final_state IN ('FAILED', 'TIMED_OUT', 'UNKNOWN'))
                    ORDER BY place LIMIT 20) s
                ORDER BY f.id, s.place
                RETURNING lock_id
            )""";

    private EndSignals() {}
}
