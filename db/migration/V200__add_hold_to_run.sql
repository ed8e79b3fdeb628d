-- Who keeps a run back, since when and why. What blocked it before blocks it again at its release if its instant lies ahead.
ALTER TABLE run
    ADD COLUMN held_at timestamptz,
    ADD COLUMN held_by text,
    ADD COLUMN held_reason text,
    ADD COLUMN blocked_before text,
    ADD CONSTRAINT run_held_at_while_held CHECK (held_at IS NULL OR state = 'HELD'),
    ADD CONSTRAINT run_blocked_before_hold CHECK (blocked_before IS NULL OR state = 'HELD');
