-- On what terms a node takes runs. Labels are given by operators and told by the worker at each start; of two with the same
-- key the operators' counts. Above a threshold, in per cent of use or bytes of free disk, it gets nothing new. Its usable
-- slots grow to all of them over the seconds of its warm-up.
ALTER TABLE node
    ADD COLUMN labels text[] NOT NULL DEFAULT '{}',
    ADD COLUMN max_cpu integer,
    ADD COLUMN max_memory integer,
    ADD COLUMN min_disk_free bigint,
    ADD COLUMN warm_up_seconds integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT node_max_cpu_range CHECK (max_cpu BETWEEN 1 AND 100),
    ADD CONSTRAINT node_max_memory_range CHECK (max_memory BETWEEN 1 AND 100),
    ADD CONSTRAINT node_min_disk_range CHECK (min_disk_free BETWEEN 1 AND 1000000000000000),
    ADD CONSTRAINT node_warm_up_range CHECK (warm_up_seconds BETWEEN 0 AND 3600);
ALTER TABLE node_session ADD COLUMN labels text[] NOT NULL DEFAULT '{}';

-- Of its slots, those that a node may fill so long after its start: at least one.
CREATE FUNCTION slots_after(slots integer, warm_up_seconds integer, since_start interval) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN warm_up_seconds = 0 THEN slots
                ELSE greatest(1, least(slots, floor(slots * extract(epoch FROM since_start) / warm_up_seconds)::integer)) END;
