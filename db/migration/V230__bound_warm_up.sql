-- As before; what has been warm for long is not reckoned, since the product would outgrow an integer.
CREATE OR REPLACE FUNCTION slots_after(slots integer, warm_up_seconds integer, since_start interval) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN warm_up_seconds = 0 OR extract(epoch FROM since_start) >= warm_up_seconds THEN slots
                ELSE greatest(1, floor(slots * extract(epoch FROM since_start) / warm_up_seconds)::integer) END;
