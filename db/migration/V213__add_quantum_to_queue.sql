-- Of ROUND_ROBIN: how long a run may run while others wait for its slot; 10 s if nobody says.
ALTER TABLE queue
    DROP CONSTRAINT queue_policy_known,
    ADD CONSTRAINT queue_policy_known CHECK (policy IN ('FCFS', 'SJF', 'PRIORITY', 'ROUND_ROBIN', 'FAIR', 'DEADLINE')),
    ADD COLUMN quantum_seconds integer,
    ADD CONSTRAINT queue_quantum_of_round_robin CHECK (quantum_seconds IS NULL OR policy = 'ROUND_ROBIN'),
    ADD CONSTRAINT queue_quantum_range CHECK (quantum_seconds BETWEEN 1 AND 86400);
