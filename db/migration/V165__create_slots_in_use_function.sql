-- How many slots of a session its runs in these states take (index run_on_session). Bitmap scans are off: they read the entries
-- of ended runs again and again until a vacuum, where an index scan marks them so that every later one passes them over.
CREATE FUNCTION slots_in_use(session bigint, states text[]) RETURNS integer
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET enable_bitmapscan = off
AS $$
BEGIN
    RETURN (SELECT count(*) FROM run r WHERE r.session_id = session AND r.state = ANY (states));
END
$$;
