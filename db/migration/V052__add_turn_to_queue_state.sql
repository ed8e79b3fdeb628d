-- Start-time fair queuing among queues: `turn` is what a queue has had, in runs divided by weight, times a million;
-- `turn_began` is what it had before it was last served. The greatest of these is how far everybody is.
ALTER TABLE queue_state
    ADD COLUMN turn bigint NOT NULL DEFAULT 0,
    ADD COLUMN turn_began bigint NOT NULL DEFAULT 0;
