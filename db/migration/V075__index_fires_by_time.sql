-- Retention deletes by it.
CREATE INDEX fire_by_fired_at ON fire (fired_at);
