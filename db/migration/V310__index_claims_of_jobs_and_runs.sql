-- For who wants to know who needs a lock, before it is archived or made smaller.
CREATE INDEX job_claiming ON job (claim_id) WHERE claim_id IS NOT NULL;
CREATE INDEX run_claiming ON run (claim_id) WHERE claim_id IS NOT NULL;
