-- What a queue's balancer and its shadow remember: the node chosen last, and what each is owed where weights count.
ALTER TABLE queue_state
    DROP COLUMN balancer_cursor,
    ADD COLUMN balancer_state jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN shadow_state jsonb NOT NULL DEFAULT '{}';
