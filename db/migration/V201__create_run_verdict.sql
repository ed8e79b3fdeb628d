-- What people made of runs that ended as UNKNOWN. The state of such a run stays what it is, as every final one.
CREATE TABLE run_verdict (
    run_id     bigint NOT NULL,
    verdict    text NOT NULL,
    reason     text NOT NULL DEFAULT '',
    rerun_id   bigint,
    decided_by text NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT run_verdict_pkey PRIMARY KEY (run_id),
    CONSTRAINT run_verdict_known CHECK (verdict IN ('SUCCEEDED', 'FAILED', 'RERUN')),
    CONSTRAINT run_verdict_names_rerun CHECK ((verdict = 'RERUN') = (rerun_id IS NOT NULL))
);
