-- The one key that every order policy is expressed by: microseconds, lowest first. Computed when a run becomes ready, and again
-- when the policy or what it is computed from is changed. `factor` is the queue's order_factor.
--   SJF: a job that never succeeded is taken to last a minute.
--   FAIR: the last place, until the dispatcher gives the run its start tag.
-- STABLE and not strict, since only then the planner puts its body in its place: a call costs more than the body.
CREATE FUNCTION order_key(policy text, factor double precision, ready_at timestamptz, priority smallint,
                          predicted_seconds double precision, deadline_at timestamptz) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE policy
        WHEN 'FCFS' THEN (extract(epoch FROM ready_at) * 1000000)::bigint
        WHEN 'ROUND_ROBIN' THEN (extract(epoch FROM ready_at) * 1000000)::bigint
        WHEN 'SJF' THEN (extract(epoch FROM ready_at) * 1000000)::bigint
            + (factor * coalesce(predicted_seconds, 60) * 1000000)::bigint
        WHEN 'PRIORITY' THEN (extract(epoch FROM ready_at) * 1000000)::bigint - priority * (factor * 1000000)::bigint
        WHEN 'DEADLINE' THEN coalesce((extract(epoch FROM deadline_at) * 1000000)::bigint,
            (extract(epoch FROM ready_at) * 1000000)::bigint + (factor * 1000000)::bigint)
        WHEN 'FAIR' THEN 9223372036854775807 END;
DROP FUNCTION order_key(text, timestamptz);
