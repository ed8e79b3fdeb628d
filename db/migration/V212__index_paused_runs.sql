-- Paused runs contest the slots of their nodes with the head of their queue.
CREATE INDEX run_paused ON run (queue_id, order_key, id) WHERE state = 'PAUSED';
