-- Of runs that were paused, or are to be; all null for any other. pause_sequence counts what was asked of the attempt, odd
-- to pause and even to go on, pause_confirmed is the last of it that its node has confirmed. paused_by is null when the
-- slice of the run had ended. ran_seconds is the running time up to the last pause, slice_began_at when it went on.
ALTER TABLE run
    ADD COLUMN pause_sequence integer,
    ADD COLUMN pause_confirmed integer,
    ADD COLUMN paused_by text,
    ADD COLUMN paused_at timestamptz,
    ADD COLUMN pauses integer,
    ADD COLUMN slice_began_at timestamptz,
    ADD COLUMN ran_seconds double precision,
    ADD CONSTRAINT run_paused_since CHECK (state <> 'PAUSED' OR paused_at IS NOT NULL);
