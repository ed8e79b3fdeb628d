-- Runs of one job that wait for its gate in one queue and with one need are one line: what stands before it in the queue or on
-- no node holds up its own line alone.
DROP INDEX run_before_gate;
CREATE INDEX run_before_gate ON run (job_id, queue_id, need_id, order_key, id) WHERE blocked_reason = 'GATE';
