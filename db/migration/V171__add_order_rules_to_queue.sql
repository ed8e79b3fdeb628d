-- What the policies that have a parameter are computed by.
ALTER TABLE queue
    DROP CONSTRAINT queue_policy_known,
    ADD CONSTRAINT queue_policy_known CHECK (policy IN ('FCFS', 'SJF', 'PRIORITY', 'ROUND_ROBIN', 'FAIR', 'DEADLINE')),
    ADD COLUMN slowdown integer,
    ADD COLUMN ageing_seconds bigint,
    ADD COLUMN standard_deadline_seconds bigint,
    ADD COLUMN fair_by text,
    ADD COLUMN order_factor double precision
        GENERATED ALWAYS AS (order_factor(policy, slowdown, ageing_seconds, standard_deadline_seconds)) STORED,
    ADD CONSTRAINT queue_slowdown_of_sjf CHECK ((slowdown IS NOT NULL) = (policy = 'SJF')),
    ADD CONSTRAINT queue_slowdown_range CHECK (slowdown BETWEEN 1 AND 1000),
    ADD CONSTRAINT queue_ageing_of_priority CHECK (ageing_seconds IS NULL OR policy = 'PRIORITY'),
    ADD CONSTRAINT queue_ageing_range CHECK (ageing_seconds BETWEEN 1 AND 31536000),
    ADD CONSTRAINT queue_standard_of_deadline CHECK ((standard_deadline_seconds IS NOT NULL) = (policy = 'DEADLINE')),
    ADD CONSTRAINT queue_standard_deadline_range CHECK (standard_deadline_seconds BETWEEN 0 AND 31536000),
    ADD CONSTRAINT queue_fair_by_of_fair CHECK ((fair_by IS NOT NULL) = (policy = 'FAIR')),
    ADD CONSTRAINT queue_fair_by_known CHECK (fair_by IN ('NAMESPACE', 'JOB'));
