-- A transaction that stays open keeps what was ready readable for itself, so that every look at the head of a queue would read past
-- the entries of all that went since. Ready runs therefore stand in generations: what becomes ready joins the newest one, and
-- only the few that are open are read.
--
-- No generation may be closed while a run can still come to stand in it. So a transaction has its id before it reads which is
-- the newest, and it reads that from a sequence, which knows no snapshots: whoever reads the old number afterwards is among
-- those that run while the new one is set, and an old one is closed only when all of these are over. The sequence is only set
-- and never drawn from, since what is drawn from is logged ahead, and would jump with a crash.
CREATE SEQUENCE ready_generation_sequence;
SELECT setval('ready_generation_sequence', 1);

-- One row: the open generations, ascending; which id the newest is set before, null while that is not known; and where
-- id_sequence stood, so that a new one is opened for many runs only.
CREATE TABLE ready_generations (
    only_row    boolean NOT NULL DEFAULT true,
    open        bigint[] NOT NULL DEFAULT '{1}',
    set_before  xid8,
    ids_at      bigint NOT NULL DEFAULT 0,
    CONSTRAINT ready_generations_pkey PRIMARY KEY (only_row),
    CONSTRAINT ready_generations_one_row CHECK (only_row),
    CONSTRAINT ready_generations_some_open CHECK (cardinality(open) > 0)
);
INSERT INTO ready_generations DEFAULT VALUES;

-- The newest, for a run that becomes ready now.
CREATE FUNCTION ready_generation() RETURNS bigint
    LANGUAGE sql VOLATILE
    RETURN CASE WHEN pg_current_xact_id() IS NOT NULL
                THEN pg_sequence_last_value('ready_generation_sequence'::regclass) END;

ALTER TABLE run ADD COLUMN generation bigint;
UPDATE run SET generation = 1 WHERE state = 'QUEUED';
ALTER TABLE run ALTER COLUMN generation SET DEFAULT ready_generation();
-- so that nothing becomes ready again in the generation of before
ALTER TABLE run ADD CONSTRAINT run_generation_while_queued CHECK ((state = 'QUEUED') = (generation IS NOT NULL));

DROP INDEX run_to_dispatch;
CREATE INDEX run_to_dispatch ON run (queue_id, generation, need_id, order_key, id) WHERE state = 'QUEUED';

-- The needs of a queue's ready runs in each open generation, ascending: one look-up of run_to_dispatch for each, however many
-- runs there are.
CREATE FUNCTION waiting_lines(queue bigint) RETURNS TABLE (generation bigint, need bigint)
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 3
    SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    FOREACH generation IN ARRAY (SELECT open FROM ready_generations) LOOP
        need := -1;
        LOOP
            SELECT r.need_id INTO need FROM run r
            WHERE r.queue_id = queue AND r.generation = waiting_lines.generation AND r.state = 'QUEUED'
                AND r.need_id > waiting_lines.need
            ORDER BY r.need_id, r.order_key, r.id LIMIT 1;
            EXIT WHEN NOT FOUND;
            RETURN NEXT;
        END LOOP;
    END LOOP;
END
$$;

DROP FUNCTION waiting_needs(bigint);
CREATE FUNCTION waiting_needs(queue bigint) RETURNS SETOF bigint
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT l.need FROM waiting_lines(queue) l ORDER BY 1;
END;
