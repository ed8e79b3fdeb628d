-- Who was chosen for its last offer, and why.
ALTER TABLE run ADD COLUMN decision_id bigint;
ALTER TABLE run_history ADD COLUMN decision_id bigint;
