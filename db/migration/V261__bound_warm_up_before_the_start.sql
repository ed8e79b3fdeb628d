-- As before; and at least one slot by a clock that was set back far behind the start, too, where the product would not fit.
CREATE OR REPLACE FUNCTION slots_after(slots integer, warm_up_seconds integer, since_start interval) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN warm_up_seconds = 0 OR extract(epoch FROM since_start) >= warm_up_seconds THEN slots
                ELSE floor(greatest(1, slots * extract(epoch FROM since_start) / warm_up_seconds))::integer END;
