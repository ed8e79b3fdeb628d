-- As before, but each run counts as many slots as it takes.
DO $$
DECLARE
    named regprocedure;
BEGIN
    FOREACH named IN ARRAY ARRAY['slots_in_use(bigint, text[])', 'session_use(bigint, timestamptz, double precision)']::regprocedure[] LOOP
        EXECUTE replace(replace(pg_get_functiondef(named), 'count(*)', 'coalesce(sum(r.slots), 0)'),
                        'extract(epoch FROM now - r.started_at))', 'extract(epoch FROM now - r.started_at)) * r.slots');
    END LOOP;
END $$;
