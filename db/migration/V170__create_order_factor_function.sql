-- The one number that order_key() takes from a queue. PRIORITY without ageing is strict: 10^11 s for a step of priority is
-- more than any run waits, and fifty of them still are a bigint of microseconds.
CREATE FUNCTION order_factor(policy text, slowdown integer, ageing_seconds bigint, standard_deadline_seconds bigint)
    RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE policy
        WHEN 'SJF' THEN slowdown
        WHEN 'PRIORITY' THEN coalesce(ageing_seconds, 100000000000)
        WHEN 'DEADLINE' THEN standard_deadline_seconds END;
