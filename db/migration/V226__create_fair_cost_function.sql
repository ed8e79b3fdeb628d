-- What a run takes of its share, in microseconds of slot time. One that nobody can predict is taken to last a minute; none
-- lasts less than 0.1 s, since a slot is not free again sooner.
CREATE FUNCTION fair_cost(predicted_seconds double precision, slots integer) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (greatest(coalesce(predicted_seconds, 60), 0.1) * slots * 1000000)::bigint;
