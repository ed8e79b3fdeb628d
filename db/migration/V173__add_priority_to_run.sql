-- Stamped at birth: as its job said then, or whoever asked for the run.
ALTER TABLE run
    ADD COLUMN priority smallint NOT NULL DEFAULT 0,
    ADD COLUMN deadline_at timestamptz,
    ADD CONSTRAINT run_priority_range CHECK (priority BETWEEN -50 AND 50);
ALTER TABLE run_history
    ADD COLUMN priority smallint NOT NULL DEFAULT 0,
    ADD COLUMN deadline_at timestamptz;
