-- Seconds from 0 to most by which a job's runs are moved: always the same for the same job, and spread evenly over jobs.
CREATE FUNCTION jitter(job_id bigint, most integer) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE most WHEN 0 THEN 0
        ELSE (('x' || encode(substr(sha256(int8send(job_id)), 1, 4), 'hex'))::bit(32)::bigint % (most + 1))::integer END;
