package io.yardmaster.queue;

/** The statements of {@link AttemptEnds}; both read the same arrays. */
final class AttemptEndSql {
    private AttemptEndSql() {}

    private static final String SAID = """
            WITH said AS MATERIALIZED (
                SELECT DISTINCT ON (run, epoch) *
                FROM unnest(:runs, :epochs, :states, :exitCodes, :messages, :results, :startedAts, :endedAts, :rans)
                    WITH ORDINALITY
                    AS e (run, epoch, state, exit_code, message, result, started_at, ended_at, ran, place)
                ORDER BY run, epoch, place
            )""";

    /**
     * Of what is said twice of one epoch the first counts. Each run is looked up by itself (index {@code run_pkey}), in
     * ascending order, and locked: a join is quadratic where the planner takes the table for empty. Times a worker tells are
     * kept within what the database saw itself: not before the acceptance, not after now. What is forced ends as said, and its
     * epoch is burnt, so that a report of it comes late.
     *
     * <p>An attempt that its job lets be followed by another does not end the run, which is blocked until {@code retry_at}. The
     * rule is looked up for what did not succeed only (indexes {@code job_version_pkey}, {@code job_pkey}); its job is held so
     * that whoever switches it off finds the run either ended or waiting. Somebody paused it by hand whose node was lost: it is held,
     * and then waits for what is left until {@code retry_at}.
     *
     * <p>What the job does to conditions then is noted, to be applied at once (index {@code job_signal_pkey}).
     */
    static final String MOVE = SAID + """
            , held AS MATERIALIZED (
                SELECT r.*, said.state AS said_state, said.exit_code,
                       coalesce(said.message, CASE WHEN r.end_as IS NOT NULL AND said.state = 'CANCELLED'
                           THEN 'ended by the server, since its time limit was over' END) AS message, CAST(said.result AS jsonb) AS result,
                       said.started_at AS said_started_at, said.ended_at AS said_ended_at, said.ran AS said_ran
                FROM said CROSS JOIN LATERAL (
                    SELECT * FROM run
                    WHERE id = said.run AND epoch = said.epoch AND state IN ('RUNNING', 'PAUSED')
                        AND node_id = coalesce(CAST(:node AS bigint), node_id)
                    LIMIT 1 FOR UPDATE) r
            ), moment AS MATERIALIZED (
                SELECT clock_timestamp() AS now FROM (SELECT count(*) FROM held) l
            ), told AS MATERIALIZED (
                SELECT held.*,
                       CASE WHEN cancel_requested_at IS NULL OR :forced OR end_as IS NOT NULL AND said_state <> 'CANCELLED'
                            THEN said_state ELSE coalesce(end_as, 'CANCELLED') END AS final_state,
                       began_at, ended_at, least(coalesce(said_ran, ran_seconds, lasted), lasted) AS seconds
                FROM held CROSS JOIN moment
                CROSS JOIN LATERAL (VALUES
                    (greatest(started_at, least(coalesce(said_started_at, started_at), now)))) b (began_at)
                CROSS JOIN LATERAL (VALUES (greatest(began_at, least(said_ended_at, now)))) e (ended_at)
                CROSS JOIN LATERAL (VALUES (extract(epoch FROM e.ended_at - began_at))) l (lasted)
            ), outcomes AS MATERIALIZED (
                SELECT told.*, outcome, jsonb_build_object('attempt', attempt, 'epoch', epoch, 'node', node_id::text,
                        'startedAt', began_at, 'endedAt', ended_at, 'outcome', outcome,
                        'exitCode', exit_code, 'message', message) ||
                    CASE WHEN pauses > 0 THEN jsonb_build_object('ranSeconds', seconds, 'pauses', pauses) ELSE '{}' END AS past
                FROM told CROSS JOIN LATERAL (VALUES (CASE WHEN :lost THEN 'LOST' ELSE final_state END)) o (outcome)
            ), repeated AS MATERIALIZED (
                SELECT o.*, rule.retry_at, :lost AND o.paused_by IS NOT NULL AS by_hand
                FROM outcomes o CROSS JOIN LATERAL (
                    SELECT retry_at(v.definition #> '{rules,retry}', outcome, o.id, o.attempts, o.ended_at)
                    FROM job_version v JOIN job j ON j.id = v.job_id
                    WHERE outcome IN ('FAILED', 'TIMED_OUT', 'LOST') AND NOT :forced AND (o.cancel_requested_at IS NULL OR o.end_as IS NOT NULL)
                        AND v.job_id = o.job_id AND v.version = o.job_version
                        AND j.disabled_at IS NULL AND j.archived_at IS NULL
                    FOR SHARE OF j) rule (retry_at)
                WHERE rule.retry_at IS NOT NULL
            ), waiting AS (
                UPDATE run r SET state = CASE WHEN t.by_hand THEN 'HELD' ELSE 'BLOCKED' END,
                    blocked_reason = CASE WHEN NOT t.by_hand THEN 'RETRY' END, blocked_before = CASE WHEN t.by_hand THEN 'RETRY' END,
                    held_at = CASE WHEN t.by_hand THEN clock_timestamp() END, held_by = CASE WHEN t.by_hand THEN t.paused_by END,
                    held_reason = CASE WHEN t.by_hand THEN :heldReason END, wake_at = retry_at, session_id = NULL, node_id = NULL,
                    offered_at = NULL, started_at = NULL, cancel_requested_at = NULL, cancel_requested_by = NULL, end_as = NULL,
                    attempts = r.attempts || (past || jsonb_build_object('retryAt', retry_at))
                FROM repeated t WHERE r.id = ANY (ARRAY(SELECT id FROM repeated)) AND r.id = t.id
            ), facts AS MATERIALIZED (
                SELECT * FROM outcomes WHERE id <> ALL (ARRAY(SELECT id FROM repeated))
            ), gone AS (
                DELETE FROM run WHERE id = ANY (ARRAY(SELECT id FROM facts))
            ), moved AS (
                INSERT INTO run_history (id, state, job_id, job_version, queue_id, cause, caused_by, schedule_id,
                    nominal_at, due_at, parameters, predicted_seconds, created_at, ready_at, epoch, attempt, node_id,
                    started_at, ended_at, exit_code, message, result, cancel_requested_at, cancel_requested_by, attempts,
                    adjustment, decision_id, priority, deadline_at)
                SELECT id, final_state, job_id, job_version, queue_id, cause, caused_by, schedule_id, nominal_at, due_at,
                    parameters, predicted_seconds, created_at, ready_at, epoch + CAST(:forced AS integer), attempt, node_id, began_at, ended_at,
                    exit_code, message, result, cancel_requested_at, cancel_requested_by,
                    attempts || past, adjustment, decision_id, priority, deadline_at
                FROM facts
            ), statistics AS (
                INSERT INTO job_statistics AS s (job_id, succeeded, failed, mean_seconds, last_run_id, last_state,
                    last_ended_at, last_succeeded_at, consecutive_failed)
                SELECT job_id, count(*) FILTER (WHERE good), count(*) FILTER (WHERE bad),
                    avg(seconds) FILTER (WHERE good), max(id), (array_agg(final_state ORDER BY id DESC))[1],
                    max(ended_at), max(ended_at) FILTER (WHERE good), count(*) FILTER (WHERE bad)
                FROM (SELECT *, final_state = 'SUCCEEDED' AS good,
                             final_state IN ('FAILED', 'TIMED_OUT', 'UNKNOWN') AS bad FROM facts) f
                GROUP BY job_id ORDER BY job_id
                ON CONFLICT (job_id) DO UPDATE SET
                    succeeded = s.succeeded + excluded.succeeded,
                    failed = s.failed + excluded.failed,
                    mean_seconds = coalesce(s.mean_seconds + 0.2 * (excluded.mean_seconds - s.mean_seconds),
                                            excluded.mean_seconds, s.mean_seconds),
                    last_run_id = excluded.last_run_id,
                    last_state = excluded.last_state,
                    last_ended_at = excluded.last_ended_at,
                    last_succeeded_at = coalesce(excluded.last_succeeded_at, s.last_succeeded_at),
                    consecutive_failed = CASE WHEN excluded.succeeded > 0 THEN excluded.consecutive_failed
                                              ELSE s.consecutive_failed + excluded.consecutive_failed END
            )""" + EndSignals.SQL + """
            , minutes AS (
                INSERT INTO run_minute AS m (minute, queue_id, state, runs, wait_seconds, run_seconds)
                SELECT date_trunc('minute', ended_at, 'UTC'), queue_id, final_state, count(*),
                    coalesce(sum(extract(epoch FROM started_at - ready_at)), 0),
                    coalesce(sum(seconds), 0)
                FROM facts GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
                ON CONFLICT (minute, queue_id, state, shard) DO UPDATE SET
                    runs = m.runs + excluded.runs,
                    wait_seconds = m.wait_seconds + excluded.wait_seconds,
                    run_seconds = m.run_seconds + excluded.run_seconds
            )
            SELECT id, job_id, queue_id, schedule_id, cause, final_state AS state, permits IS NOT NULL AS gated, claim_id IS NOT NULL AS claimed,
                false AS repeated, EXISTS (SELECT FROM signals) AS signals
            FROM facts
            UNION ALL
            SELECT id, job_id, queue_id, schedule_id, cause, final_state, permits IS NOT NULL, claim_id IS NOT NULL, true, false FROM repeated
            """;

    /**
     * One note for each epoch that was reported after the run had gone on without it: with a newer one, or given back
     * and waiting for one. What ended, or is to be repeated because of the epoch reported, has just said the same
     * twice.
     */
    static final String NOTE = SAID + """
            INSERT INTO run_note (run_id, epoch, text)
            SELECT said.run, said.epoch, 'a report of offer ' || said.epoch || ' came late and changed nothing: '
                || said.state || coalesce(', exit code ' || said.exit_code, '')
            FROM said CROSS JOIN LATERAL (
                (SELECT epoch, session_id IS NULL AS given_back, attempts FROM run WHERE id = said.run LIMIT 1)
                UNION ALL
                (SELECT epoch, false, attempts FROM run_history WHERE id = said.run LIMIT 1)
                LIMIT 1) AS now_at
            WHERE (now_at.epoch > said.epoch OR now_at.epoch = said.epoch AND now_at.given_back)
                AND NOT EXISTS (
                    SELECT FROM jsonb_array_elements(now_at.attempts) past (attempt)
                    WHERE (attempt ->> 'epoch')::bigint = said.epoch AND attempt ->> 'retryAt' IS NOT NULL)
                AND NOT EXISTS (SELECT FROM run_note n WHERE n.run_id = said.run AND n.epoch = said.epoch)
            RETURNING id
            """;
}
