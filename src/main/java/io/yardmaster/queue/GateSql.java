package io.yardmaster.queue;

/** The statements of {@link Gates}. */
final class GateSql {
    private GateSql() {}

    /** What the jobs of runs say (indexes {@code run_pkey}, {@code job_pkey}). */
    static final String RULES = """
            SELECT id, permits, definition #>> '{rules,overlap,policy}' AS policy,
                   CASE definition #>> '{rules,overlap,policy}' WHEN 'FORBID' THEN 0
                        ELSE CAST(definition #>> '{rules,overlap,maxWaiting}' AS integer) END AS max_waiting
            FROM job WHERE id = ANY (ARRAY(SELECT DISTINCT job_id FROM run WHERE id = ANY (:runs))) AND permits IS NOT NULL
            """;

    static final String MAKE =
            "INSERT INTO job_gate SELECT job FROM unnest(:jobs) AS j (job) ORDER BY job ON CONFLICT DO NOTHING";

    static final String LOCK = "SELECT job_id FROM job_gate WHERE job_id = ANY (:jobs) ORDER BY job_id FOR UPDATE";

    /** Indexes {@code run_pkey}, {@code job_gate_pkey}. */
    static final String LOCK_OF_RUNS = """
            SELECT job_id FROM job_gate
            WHERE job_id = ANY (ARRAY(SELECT DISTINCT job_id FROM run WHERE id = ANY (:runs) AND permits IS NOT NULL))
            ORDER BY job_id FOR UPDATE
            """;

    /**
     * What newborn runs meet, by job: as many others as matter, one of them, and how many of these are through the gate or
     * about to be, ready in the same queue with the same need or waiting for a lock there (indexes {@code run_by_job},
     * {@code run_through_gate}, {@code run_before_lock}).
     */
    static final String MET = """
            WITH born AS MATERIALIZED (
                SELECT job_id, min(queue_id) AS queue_id, min(need_id) AS need_id,
                       array_agg(id ORDER BY nominal_at, id) AS ids,
                       array_agg(state = 'QUEUED' ORDER BY nominal_at, id) AS ready
                FROM run WHERE id = ANY (:runs) GROUP BY job_id
            )
            SELECT b.job_id, b.ids, b.ready, o.others, o.one, t.through + l.behind AS through
            FROM born b JOIN unnest(:jobs, :mosts) AS g (job, most) ON g.job = b.job_id
            CROSS JOIN LATERAL (SELECT count(*) AS others, max(id) AS one FROM (
                SELECT id FROM run WHERE job_id = b.job_id AND id <> ALL (b.ids) ORDER BY id DESC LIMIT g.most) f) o
            CROSS JOIN LATERAL (SELECT count(*) AS through FROM run
                WHERE job_id = b.job_id AND permits IS NOT NULL AND state IN ('QUEUED', 'ASSIGNED', 'RUNNING', 'PAUSED')
                    AND (session_id IS NOT NULL OR queue_id = b.queue_id AND need_id = b.need_id)
                    AND id <> ALL (b.ids)) t
            CROSS JOIN LATERAL (SELECT count(*) AS behind FROM run
                WHERE job_id = b.job_id AND queue_id = b.queue_id AND need_id = b.need_id AND blocked_reason = 'LOCK'
                    AND permits IS NOT NULL) l
            ORDER BY b.job_id
            """;

    /** Index {@code run_pkey}. */
    static final String BLOCK =
            "UPDATE run SET state = 'BLOCKED', generation = NULL, blocked_reason = 'GATE' WHERE id = ANY (:runs) AND state = 'QUEUED'";

    /**
     * Before the gates are locked, since whoever ends one of these locks a gate after it (index {@code run_through_gate}).
     */
    static final String LOCK_ON_NODES = """
            SELECT id FROM run WHERE job_id = ANY (:jobs) AND session_id IS NOT NULL AND permits IS NOT NULL
                AND state IN ('QUEUED', 'ASSIGNED', 'RUNNING', 'PAUSED')
            ORDER BY id FOR UPDATE
            """;

    /** All but the newest of each job, as far as they wait (index {@code run_by_job}). */
    static final String REPLACE_WAITING = WaitingEnds.sql("""
            newest AS MATERIALIZED (
                SELECT job_id, max(id) AS id FROM run WHERE id = ANY (:runs) AND job_id = ANY (:jobs) GROUP BY job_id
            ), chosen AS MATERIALIZED (
                SELECT r.id, 'CANCELLED' AS final_state, 'replaced by run ' || n.id AS said, 'run ' || n.id AS by
                FROM newest n CROSS JOIN LATERAL (
                    SELECT id FROM run WHERE job_id = n.job_id AND id <> n.id
                        AND state IN ('QUEUED', 'BLOCKED', 'HELD', 'ASSIGNED') AND cause <> 'BACKFILL'
                    ORDER BY id FOR UPDATE) r
            )""");

    /** Index {@code run_through_gate}. */
    static final String REPLACE_RUNNING = """
            UPDATE run r SET cancel_requested_at = clock_timestamp(), cancel_requested_by = 'run ' || n.id, end_as = NULL
            FROM (SELECT job_id, max(id) AS id FROM run WHERE id = ANY (:runs) AND job_id = ANY (:jobs) GROUP BY job_id) n
            WHERE r.job_id = n.job_id AND r.permits IS NOT NULL AND r.state IN ('RUNNING', 'PAUSED')
                AND (r.cancel_requested_at IS NULL OR r.end_as IS NOT NULL) AND r.cause <> 'BACKFILL'
            """;

    /**
     * Of each queue and need as many as there are permits, lowest key first (indexes {@code run_before_gate},
     * {@code run_through_gate}). What is ready in that queue with that need counts as through: it goes with the next offers, or
     * is blocked again, and so does what waits for a lock there. What is ready elsewhere does not: perhaps no node takes it. The gates are locked by the caller.
     */
    static final String WAKE = """
            WITH RECURSIVE line AS (
                SELECT f.* FROM unnest(:jobs) AS g (job) CROSS JOIN LATERAL (
                    SELECT job_id, queue_id, need_id, permits FROM run
                    WHERE job_id = g.job AND blocked_reason = 'GATE' ORDER BY queue_id, need_id LIMIT 1) f
                UNION ALL
                SELECT f.* FROM line CROSS JOIN LATERAL (
                    SELECT job_id, queue_id, need_id, permits FROM run
                    WHERE job_id = line.job_id AND blocked_reason = 'GATE'
                        AND (queue_id, need_id) > (line.queue_id, line.need_id)
                    ORDER BY queue_id, need_id LIMIT 1) f
            ), free AS MATERIALIZED (
                SELECT line.*, permits - (SELECT count(*) FROM run r
                    WHERE r.job_id = line.job_id AND r.permits IS NOT NULL
                        AND r.state IN ('QUEUED', 'ASSIGNED', 'RUNNING', 'PAUSED')
                        AND (r.session_id IS NOT NULL OR r.queue_id = line.queue_id AND r.need_id = line.need_id))
                    - (SELECT count(*) FROM run r
                    WHERE r.job_id = line.job_id AND r.queue_id = line.queue_id AND r.need_id = line.need_id
                        AND r.blocked_reason = 'LOCK' AND r.permits IS NOT NULL) AS n
                FROM line
            ), woken AS MATERIALIZED (
                SELECT w.id FROM free CROSS JOIN LATERAL (
                    SELECT id FROM run WHERE job_id = free.job_id AND blocked_reason = 'GATE'
                        AND queue_id = free.queue_id AND need_id = free.need_id
                    ORDER BY order_key, id LIMIT greatest(free.n, 0) FOR UPDATE) w
            )
            UPDATE run SET state = 'QUEUED', generation = ready_generation(), blocked_reason = NULL
            WHERE id = ANY (ARRAY(SELECT id FROM woken)) AND blocked_reason = 'GATE'
            """;

    /** Gates before which something waits, as far as nobody else has them (index {@code run_before_gate}). */
    static final String LOCK_WAITED_FOR = """
            SELECT job_id FROM job_gate g WHERE EXISTS (
                SELECT FROM run r WHERE r.job_id = g.job_id AND r.blocked_reason = 'GATE')
            ORDER BY job_id FOR UPDATE SKIP LOCKED
            """;

    /** Births hold the queue {@code FOR KEY SHARE}, which does not wait for a mere update. */
    static final String PERMITS_CHANGED = """
            WITH held AS MATERIALIZED (
                SELECT id FROM queue WHERE id = :queue FOR UPDATE
            )
            UPDATE queue q SET permits_changed = permits_changed + 1 FROM held WHERE q.id = held.id
            """;

    /** Index {@code run_by_job}. Without permits nothing waits before the gate. */
    static final String STAMP = """
            UPDATE run r SET permits = j.permits,
                state = CASE WHEN j.permits IS NULL AND r.blocked_reason = 'GATE' THEN 'QUEUED' ELSE r.state END,
                generation = CASE WHEN j.permits IS NULL AND r.blocked_reason = 'GATE' THEN ready_generation() ELSE r.generation END,
                blocked_reason = CASE WHEN j.permits IS NULL AND r.blocked_reason = 'GATE' THEN NULL ELSE r.blocked_reason END
            FROM job j WHERE j.id = :job AND r.job_id = j.id AND r.permits IS DISTINCT FROM j.permits
            """;
}
