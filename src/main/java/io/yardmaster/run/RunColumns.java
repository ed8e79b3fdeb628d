package io.yardmaster.run;

/** The columns that a {@link Run} is read from, as both tables give them, so that one mapper reads either. */
final class RunColumns {
    private RunColumns() {}

    static final String HOT = """
            r.id, r.state, r.job_id, r.job_version, r.queue_id, r.cause, r.caused_by, r.nominal_at, r.adjustment, r.due_at,
            r.priority, r.deadline_at, r.parameters, r.created_at, r.ready_at, r.blocked_reason, r.wake_at, r.held_at, r.held_by, r.held_reason,
            r.epoch, r.attempt, r.node_id, r.started_at, CAST(NULL AS timestamptz) AS ended_at, CAST(NULL AS integer) AS exit_code,
            CAST(NULL AS text) AS message, CAST(NULL AS jsonb) AS result, r.cancel_requested_at,
            r.cancel_requested_by, r.attempts, r.pause_sequence, r.pause_confirmed, r.paused_by, r.paused_at, r.pauses,
            r.slice_began_at, r.ran_seconds
            """;

    static final String COLD = """
            r.id, r.state, r.job_id, r.job_version, r.queue_id, r.cause, r.caused_by, r.nominal_at, r.adjustment, r.due_at,
            r.priority, r.deadline_at, r.parameters, r.created_at, r.ready_at, CAST(NULL AS text) AS blocked_reason,
            CAST(NULL AS timestamptz) AS wake_at, CAST(NULL AS timestamptz) AS held_at, CAST(NULL AS text) AS held_by,
            CAST(NULL AS text) AS held_reason, r.epoch, r.attempt, r.node_id, r.started_at, r.ended_at,
            r.exit_code, r.message, r.result, r.cancel_requested_at, r.cancel_requested_by, r.attempts,
            0 AS pause_sequence, 0 AS pause_confirmed, CAST(NULL AS text) AS paused_by,
            CAST(NULL AS timestamptz) AS paused_at, 0 AS pauses, CAST(NULL AS timestamptz) AS slice_began_at,
            CAST(NULL AS double precision) AS ran_seconds
            """;

    /** What people call job, queue and node, joined to rows named {@code r}. */
    static final String NAMED = """
            SELECT r.*, j.namespace AS job_namespace, j.name AS job_name, q.namespace AS queue_namespace,
                   q.name AS queue_name, n.name AS node_name
            FROM found r
            JOIN job j ON j.id = r.job_id
            JOIN queue q ON q.id = r.queue_id
            LEFT JOIN node n ON n.id = r.node_id
            """;
}
