-- The one key that every order policy is expressed by: microseconds, lowest first. Computed when a run becomes ready.
-- FCFS: the moment at which it became ready. No run is ever overtaken by one that became ready later.
CREATE FUNCTION order_key(policy text, ready_at timestamptz) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE policy WHEN 'FCFS' THEN (extract(epoch FROM ready_at) * 1000000)::bigint END;
