-- As its job says; null where runs do not wait for each other, and then neither index holds it.
ALTER TABLE run ADD COLUMN permits integer;
CREATE INDEX run_through_gate ON run (job_id)
    WHERE permits IS NOT NULL AND state IN ('QUEUED', 'ASSIGNED', 'RUNNING', 'PAUSED');
CREATE INDEX run_before_gate ON run (job_id, order_key, id) WHERE blocked_reason = 'GATE';
