-- The functions as they are, with one more table that they may part: written once, they need not be written again.
DO $$
DECLARE
    named regprocedure;
BEGIN
    FOREACH named IN ARRAY ARRAY['create_partitions(text[], timestamptz)', 'drop_partitions(text, timestamptz)']::regprocedure[] LOOP
        EXECUTE replace(pg_get_functiondef(named), '''output_chunk'')', '''output_chunk'', ''decision'')');
    END LOOP;
END $$;

SELECT create_partitions(ARRAY['decision'], clock_timestamp() + interval '7 days');
