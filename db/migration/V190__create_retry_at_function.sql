-- When the attempt that ended at `ended_at` is followed by another under `retry`; null if it is not. Earlier ones count that
-- were followed under it. `run` and how many they were decide the jitter, so that who asks again gets the same answer.
CREATE FUNCTION retry_at(retry jsonb, outcome text, run bigint, attempts jsonb, ended_at timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT ended_at + interval '1 second' * (jitter(run + used, CAST(retry ->> 'jitter' AS integer))
            + least(CAST(retry ->> 'maxDelay' AS double precision), CAST(retry ->> 'delay' AS double precision)
                * power(CAST(retry ->> 'backoff' AS double precision), used::double precision)))
        FROM (SELECT count(*) AS used FROM jsonb_array_elements(attempts) past (attempt) WHERE attempt ->> 'retryAt' IS NOT NULL) earlier
        WHERE retry -> 'on' ? outcome AND used < CAST(retry ->> 'count' AS integer));
