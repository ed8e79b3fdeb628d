-- The head of each need is one look-up, so that runs which fit nowhere stand in nobody's way.
DROP INDEX run_to_dispatch;
CREATE INDEX run_to_dispatch ON run (queue_id, need_id, order_key, id) WHERE state = 'QUEUED';

-- The needs of a queue's ready runs, ascending: one look-up of run_to_dispatch for each, however many runs there are.
CREATE FUNCTION waiting_needs(queue bigint) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET enable_bitmapscan = off
AS $$
DECLARE
    need bigint := -1;
BEGIN
    LOOP
        SELECT r.need_id INTO need FROM run r
        WHERE r.queue_id = queue AND r.state = 'QUEUED' AND r.need_id > need
        ORDER BY r.need_id, r.order_key, r.id LIMIT 1;
        EXIT WHEN NOT FOUND;
        RETURN NEXT need;
    END LOOP;
END
$$;
