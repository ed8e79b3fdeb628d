-- The runs on nodes, found from the marks of their sessions as slots in use are (indexes node_session_live,
-- node_session_to_take_back, run_on_session, run_pkey), so that what ended is not come upon again. A session that is taken back
-- has none. The plan may not hang on statistics, which tell of a table that was empty a moment ago.
CREATE FUNCTION runs_on_nodes() RETURNS TABLE (id bigint, session_id bigint, node_id bigint, queue_id bigint, job_id bigint,
        job_version integer, state text, offered_at timestamptz, started_at timestamptz, slice_began_at timestamptz,
        ran_seconds double precision, cancel_requested_at timestamptz)
    LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100
    SET enable_bitmapscan = off SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
BEGIN
    RETURN QUERY
        SELECT r.id, r.session_id, r.node_id, r.queue_id, r.job_id, r.job_version, r.state, r.offered_at, r.started_at,
               r.slice_began_at, r.ran_seconds, r.cancel_requested_at
        FROM (SELECT s.id, s.offers_since, s.older_runs FROM node_session s WHERE s.state = 'LIVE'
              UNION ALL
              SELECT s.id, s.offers_since, s.older_runs FROM node_session s
              WHERE s.state <> 'LIVE' AND s.taken_back_at IS NULL) s
        CROSS JOIN LATERAL (
            SELECT n.* FROM run n WHERE n.session_id = s.id AND n.offered_at >= s.offers_since
            UNION ALL
            SELECT o.* FROM unnest(s.older_runs) AS e (id) CROSS JOIN LATERAL (SELECT * FROM run WHERE run.id = e.id LIMIT 1) o
            WHERE o.session_id = s.id AND o.offered_at < s.offers_since) r;
END
$$;
