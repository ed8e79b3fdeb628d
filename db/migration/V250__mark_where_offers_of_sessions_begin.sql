-- A transaction that stays open keeps what ended readable for itself, so that no index scan can mark it and no vacuum take it
-- away. Slots in use are therefore counted from a mark on: all runs of the session were offered since then, but for those named.
-- Offers and marks are made under the lock of the session's row.
ALTER TABLE node_session
    ADD COLUMN offers_since timestamptz NOT NULL DEFAULT '-infinity',
    ADD COLUMN older_runs bigint[] NOT NULL DEFAULT '{}';

ALTER TABLE run ADD CONSTRAINT run_offered_while_on_node CHECK (session_id IS NULL OR offered_at IS NOT NULL);

DROP INDEX run_on_session;
CREATE INDEX run_on_session ON run (session_id, offered_at) WHERE session_id IS NOT NULL;

DROP FUNCTION slots_in_use(bigint, text[]);
DROP FUNCTION session_use(bigint, timestamptz, double precision);

-- How full a session is: slots in use, how many of these are running, and how many more seconds they will be, added up (indexes
-- run_on_session, run_pkey). A run that is past its prediction counts as having a tenth of it left. Bitmap scans are off: they
-- read the entries of ended runs again and again until a vacuum, where an index scan marks them so that every later one passes
-- them over.
CREATE FUNCTION session_use(session bigint, now timestamptz, unknown_seconds double precision)
    RETURNS TABLE (busy integer, running integer, work double precision)
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    since timestamptz;
    older bigint[];
BEGIN
    SELECT offers_since, older_runs INTO since, older FROM node_session WHERE id = session;
    RETURN QUERY
        SELECT coalesce(sum(r.slots), 0)::integer, coalesce(sum(r.slots) FILTER (WHERE r.state = 'RUNNING'), 0)::integer,
               coalesce(sum(greatest(0.1 * seconds, seconds - extract(epoch FROM now - r.started_at)) * r.slots), 0)::double precision
        FROM (SELECT slots, state, started_at, predicted_seconds FROM run
              WHERE session_id = session AND offered_at >= since AND state IN ('ASSIGNED', 'RUNNING')
              UNION ALL
              SELECT o.slots, o.state, o.started_at, o.predicted_seconds
              FROM unnest(older) AS e (id) CROSS JOIN LATERAL (SELECT * FROM run WHERE run.id = e.id LIMIT 1) o
              WHERE o.session_id = session AND o.offered_at < since AND o.state IN ('ASSIGNED', 'RUNNING')) r
        CROSS JOIN LATERAL (VALUES (coalesce(r.predicted_seconds, unknown_seconds))) p (seconds);
END
$$;
