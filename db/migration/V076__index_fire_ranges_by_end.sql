-- Retention deletes by it.
CREATE INDEX fire_range_by_end ON fire_range (through_at);
