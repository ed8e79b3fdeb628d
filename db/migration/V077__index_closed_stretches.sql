-- Retention deletes by it.
CREATE INDEX schedule_stretch_closed ON schedule_stretch (through_at) WHERE through_at IS NOT NULL;
