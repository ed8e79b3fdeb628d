-- What waits in a queue and is not ready, counted where the queue has a limit. What is given out at once is never in it.
CREATE INDEX run_kept_back ON run (queue_id) WHERE state IN ('BLOCKED', 'HELD');
