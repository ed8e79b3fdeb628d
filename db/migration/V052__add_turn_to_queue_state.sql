-- How much a queue has had, in runs divided by its weight, times a million: the queue with least has the next turn.
ALTER TABLE queue_state ADD COLUMN turn bigint NOT NULL DEFAULT 0;
