-- When a calendar had moved the instant to; null where it stood. A run is never early by that, though it may be by the
-- nominal instant.
ALTER TABLE fire
    ADD COLUMN due_at timestamptz,
    DROP CONSTRAINT fire_never_early,
    ADD CONSTRAINT fire_never_early CHECK (fired_at >= coalesce(due_at, nominal_at));
