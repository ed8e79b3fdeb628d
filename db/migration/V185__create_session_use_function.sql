-- How full a session is: slots in use, and how many more seconds these will be, added up. A run that is past its prediction
-- counts as having a tenth of it left. Bitmap scans are off as in slots_in_use(), and for the same reason.
CREATE FUNCTION session_use(session bigint, now timestamptz, unknown_seconds double precision)
    RETURNS TABLE (busy integer, work double precision)
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET enable_bitmapscan = off
AS $$
BEGIN
    RETURN QUERY
        SELECT count(*)::integer,
               coalesce(sum(greatest(0.1 * seconds, seconds - extract(epoch FROM now - r.started_at))), 0)::double precision
        FROM run r CROSS JOIN LATERAL (VALUES (coalesce(r.predicted_seconds, unknown_seconds))) p (seconds)
        WHERE r.session_id = session AND r.state IN ('ASSIGNED', 'RUNNING');
END
$$;
