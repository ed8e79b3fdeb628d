-- Before which the runs of a job with permits wait for each other. Its row is locked by whoever lets some through, or ends what
-- went through; who is through is told by the runs alone.
CREATE TABLE job_gate (
    job_id bigint NOT NULL,
    CONSTRAINT job_gate_pkey PRIMARY KEY (job_id),
    CONSTRAINT job_gate_job FOREIGN KEY (job_id) REFERENCES job (id)
);
