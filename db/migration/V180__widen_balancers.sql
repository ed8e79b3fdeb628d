-- `shadow` decides silently beside `balancer`, on the same input; what it would have done is in the decision record.
ALTER TABLE queue
    DROP CONSTRAINT queue_balancer_known,
    ADD CONSTRAINT queue_balancer_known CHECK (balancer IN ('ROUND_ROBIN', 'LEAST_CONNECTIONS', 'WEIGHTED_ROUND_ROBIN',
        'MIN_REMAINING_TIME', 'RESOURCE_AWARE', 'POWER_OF_TWO', 'STICKY')),
    ADD COLUMN shadow text,
    ADD CONSTRAINT queue_shadow_known CHECK (shadow IN ('ROUND_ROBIN', 'LEAST_CONNECTIONS', 'WEIGHTED_ROUND_ROBIN',
        'MIN_REMAINING_TIME', 'RESOURCE_AWARE', 'POWER_OF_TWO', 'STICKY'));
