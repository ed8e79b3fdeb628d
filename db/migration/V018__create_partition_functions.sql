-- Days of history, made ahead and dropped by retention. Both run as their owner, the role that migrates, since the
-- server's role owns no table. CREATE then ATTACH takes no lock that stops readers.
CREATE FUNCTION create_partitions(parents text[], through timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    parent text;
    day timestamptz;
    part text;
    made integer := 0;
BEGIN
    -- two servers may ask at once: the second finds them made
    PERFORM pg_advisory_xact_lock(hashtext('yardmaster.partitions'));
    FOREACH parent IN ARRAY parents LOOP
        IF parent NOT IN ('run_history', 'run_note', 'output_chunk') THEN
            RAISE EXCEPTION '% is not partitioned', parent;
        END IF;
        FOR day IN SELECT generate_series(date_trunc('day', clock_timestamp(), 'UTC') - interval '1 day',
                                          date_trunc('day', through, 'UTC'), interval '1 day') LOOP
            part := parent || '_' || to_char(day AT TIME ZONE 'UTC', 'YYYYMMDD');
            CONTINUE WHEN to_regclass(part) IS NOT NULL;
            EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)', part, parent);
            EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
                           parent, part, id_floor(day), id_floor(day + interval '1 day'));
            made := made + 1;
        END LOOP;
    END LOOP;
    RETURN made;
END $$;

CREATE FUNCTION drop_partitions(parent text, older_than timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    part text;
    dropped integer := 0;
BEGIN
    IF parent NOT IN ('run_history', 'run_note', 'output_chunk') THEN
        RAISE EXCEPTION '% is not partitioned', parent;
    END IF;
    PERFORM set_config('lock_timeout', '200ms', true);
    FOR part IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = parent::regclass
          AND c.relname < parent || '_' || to_char(older_than AT TIME ZONE 'UTC', 'YYYYMMDD')
        ORDER BY c.relname
    LOOP
        EXECUTE format('DROP TABLE %I', part);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;

SELECT create_partitions(ARRAY['run_history', 'run_note', 'output_chunk'], clock_timestamp() + interval '7 days');
