package io.yardmaster.queue;

/** The statements of {@link RunQueue} by which runs are born and come to wait in their queue. */
final class BirthSql {
    private BirthSql() {}

    /**
     * Of a queue {@code q} that is being locked: no job of it has been given other permits since this statement began, which
     * read them before. If one was, the transaction is tried again.
     */
    static final String PERMITS_STAND =
            " AND insist_same((SELECT s.permits_changed FROM queue s WHERE s.id = q.id), q.permits_changed) ";

    /**
     * For a run that somebody asks for. {@code FOR KEY SHARE}: a change of the queue's policy waits for us, or we for it and
     * then see the new one; likewise its archiving, after which the job may have another.
     */
    static final String ASKED_FOR = """
            WITH job AS (
                SELECT j.id, j.queue_id, coalesce(v.version, j.version) AS version,
                       coalesce(v.definition, j.definition) AS definition, coalesce(v.need_id, j.need_id) AS need_id,
                       CASE WHEN v.version IS NULL THEN j.claim_id ELSE v.claim_id END AS claim_id,
                       j.permits, j.expires_seconds, j.deadline_seconds,
                       coalesce(CAST(:priority AS smallint), j.priority) AS priority
                FROM job j LEFT JOIN job_version v ON v.job_id = j.id AND v.version = CAST(:version AS integer)
                WHERE j.id = :job AND j.archived_at IS NULL
            ), queue AS MATERIALIZED (
                SELECT q.id, q.policy, q.order_factor, q.max_waiting FROM queue q JOIN job ON job.queue_id = q.id
                WHERE q.archived_at IS NULL""" + PERMITS_STAND + """
                FOR KEY SHARE OF q
            ), moment AS MATERIALIZED (
                SELECT clock_timestamp() AS now FROM queue
            )
            INSERT INTO run (state, job_id, job_version, queue_id, cause, caused_by, due_at, parameters,
                             order_key, predicted_seconds, created_at, ready_at, need_id, permits, expires_at, priority,
                             deadline_at, claim_id)
            SELECT 'QUEUED', job.id, job.version, queue.id, :cause, :by, now,
                   coalesce(job.definition -> 'parameters', '{}') || CAST(:parameters AS jsonb),
                   order_key(queue.policy, queue.order_factor, now, job.priority, s.mean_seconds, d.deadline_at),
                   s.mean_seconds, now, now, job.need_id, job.permits, now + job.expires_seconds * interval '1 second',
                   job.priority, d.deadline_at, job.claim_id
            FROM job CROSS JOIN queue CROSS JOIN moment LEFT JOIN job_statistics s ON s.job_id = job.id
            CROSS JOIN LATERAL (VALUES (now + job.deadline_seconds * interval '1 second')) d (deadline_at)
            RETURNING id, permits IS NOT NULL AS gated, (SELECT max_waiting FROM queue) IS NOT NULL AS limited
            """;

    /**
     * Runs for the rows of {@code due}. {@code run_by_fire} would refuse a second one for the same schedule and instant. They
     * are counted by what is due, since joining them with what was born is quadratic where the planner expects few.
     */
    private static final String BORN = """
            , queue AS MATERIALIZED (
                SELECT q.id, q.policy, q.order_factor, q.max_waiting FROM queue q
                WHERE q.id IN (SELECT queue_id FROM due) AND q.archived_at IS NULL""" + PERMITS_STAND + """
                ORDER BY q.id FOR KEY SHARE
            ), moment AS MATERIALIZED (
                SELECT clock_timestamp() AS now FROM (SELECT count(*) FROM queue) locked
            ), born AS (
                INSERT INTO run (state, job_id, job_version, queue_id, cause, schedule_id, nominal_at, due_at, parameters,
                                 order_key, predicted_seconds, created_at, ready_at, blocked_reason, wake_at,
                                 adjustment, need_id, permits, expires_at, priority, deadline_at, generation, claim_id)
                SELECT CASE WHEN later THEN 'BLOCKED' ELSE 'QUEUED' END, due.job_id, due.version, queue.id, due.cause,
                       due.schedule_id, due.nominal_at, due.due_at, coalesce(due.definition -> 'parameters', '{}') || due.given,
                       order_key(queue.policy, queue.order_factor, l.ready_at, due.priority, s.mean_seconds, l.deadline_at),
                       s.mean_seconds, now,
                       CASE WHEN NOT later THEN now END, CASE WHEN later THEN 'START' END, CASE WHEN later THEN due.due_at END,
                       due.adjustment, due.need_id, due.permits,
                       due.due_at + due.expires_seconds * interval '1 second', due.priority, l.deadline_at,
                       CASE WHEN NOT later THEN ready_generation() END, due.claim_id
                FROM due JOIN queue ON queue.id = due.queue_id CROSS JOIN moment
                CROSS JOIN LATERAL (VALUES (due.due_at > now, greatest(now, due.due_at),
                    due.due_at + due.deadline_seconds * interval '1 second')) l (later, ready_at, deadline_at)
                LEFT JOIN job_statistics s ON s.job_id = due.job_id
                ORDER BY due.nominal_at, due.schedule_id
                RETURNING id, permits, queue_id
            )
            SELECT place, count(*) AS runs, sum(count(*)) OVER () = (SELECT count(*) FROM born) AS complete,
                   CASE row_number() OVER () WHEN 1 THEN (SELECT array_agg(id) FROM born WHERE permits IS NOT NULL) END AS gated,
                   CASE row_number() OVER () WHEN 1 THEN (SELECT array_agg(id) FROM born
                       WHERE queue_id = ANY (ARRAY(SELECT id FROM queue WHERE max_waiting IS NOT NULL))) END AS limited
            FROM due GROUP BY place
            """;

    /**
     * One statement for all schedules of all timetables that are due (indexes {@code schedule_to_fire}, {@code job_pkey},
     * {@code schedule_settled_pkey}). What the schedule had by another timetable it does not have again; counted, so that it is
     * looked up and never joined.
     */
    static final String FIRES = """
            WITH due AS MATERIALIZED (
                SELECT f.place, f.nominal_at, f.adjustment, s.id AS schedule_id, s.parameters AS given, 'SCHEDULE' AS cause,
                       f.due_at + jitter(s.job_id, s.jitter_seconds) * interval '1 second' AS due_at,
                       j.id AS job_id, j.version, j.queue_id, j.definition, j.need_id, j.permits, j.expires_seconds,
                       j.priority, j.deadline_seconds, j.claim_id
                FROM unnest(:timetables, :nominals, :dues, :adjustments, :afters, :throughs) WITH ORDINALITY
                    AS f (timetable_id, nominal_at, due_at, adjustment, after, through, place)
                JOIN schedule s ON s.timetable_id = f.timetable_id AND s.id > f.after AND s.id <= f.through
                    AND s.disabled_at IS NULL AND s.archived_at IS NULL AND s.paused_from IS NULL
                    AND f.due_at > s.effective_from
                    AND (s.valid_from IS NULL OR f.due_at >= s.valid_from)
                    AND (s.valid_until IS NULL OR f.due_at <= s.valid_until)
                JOIN job j ON j.id = s.job_id AND j.archived_at IS NULL AND j.disabled_at IS NULL
                WHERE (SELECT count(*) FROM schedule_settled d
                    WHERE d.schedule_id = s.id AND d.nominal_at = f.nominal_at) = 0
            )""" + BORN;

    /** For instants of single schedules (indexes {@code schedule_pkey}, {@code job_pkey}). */
    static final String MADE_UP = """
            WITH due AS MATERIALIZED (
                SELECT f.place, f.nominal_at, f.adjustment, s.id AS schedule_id, s.parameters AS given, :cause AS cause,
                       f.start_at AS due_at, j.id AS job_id, j.version, j.queue_id, j.definition, j.need_id, j.permits,
                       j.expires_seconds, j.priority, j.deadline_seconds, j.claim_id
                FROM unnest(:schedules, :nominals, :adjustments, :starts) WITH ORDINALITY
                    AS f (schedule_id, nominal_at, adjustment, start_at, place)
                JOIN schedule s ON s.id = f.schedule_id AND s.disabled_at IS NULL AND s.archived_at IS NULL
                JOIN job j ON j.id = s.job_id AND j.archived_at IS NULL AND j.disabled_at IS NULL
            )""" + BORN;

    /** Index {@code run_to_wake}. Rows are locked by ascending id; what somebody else holds is woken the next time. */
    static final String WAKE = """
            WITH woken AS MATERIALIZED (
                SELECT id FROM run
                WHERE state = 'BLOCKED' AND blocked_reason IN ('START', 'RETRY') AND wake_at <= (SELECT clock_timestamp())
                ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED
            ), queue AS MATERIALIZED (
                SELECT q.id, q.policy, q.order_factor FROM queue q
                WHERE q.id IN (SELECT queue_id FROM run WHERE id IN (SELECT id FROM woken)) ORDER BY q.id FOR KEY SHARE
            ), moment AS MATERIALIZED (
                SELECT clock_timestamp() AS now FROM (SELECT count(*) FROM queue) locked
            )
            UPDATE run r SET state = 'QUEUED', generation = ready_generation(), ready_at = now, blocked_reason = NULL, wake_at = NULL,
                order_key = order_key(queue.policy, queue.order_factor, now, r.priority, r.predicted_seconds, r.deadline_at)
            FROM woken, queue, moment WHERE r.id = woken.id AND queue.id = r.queue_id
            """;
}
