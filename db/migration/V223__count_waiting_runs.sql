-- How many runs wait in a queue, counted to `most`, by run_to_dispatch and run_kept_back: never the whole table, however stale
-- its statistics are.
CREATE FUNCTION waiting_runs(queue bigint, most bigint) RETURNS bigint
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    SET enable_seqscan = off
    RETURN (SELECT count(*) FROM (
        SELECT FROM run r WHERE r.queue_id = queue AND r.state = 'QUEUED'
        UNION ALL
        SELECT FROM run r WHERE r.queue_id = queue AND r.state IN ('BLOCKED', 'HELD')
        LIMIT most) waiting);
