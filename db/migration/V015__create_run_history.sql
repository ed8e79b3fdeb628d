-- Finished runs, for ever as they ended. Partitioned by id, which is by time; no foreign key points here.
CREATE TABLE run_history (
    id                  bigint NOT NULL,
    state               text NOT NULL,
    job_id              bigint NOT NULL,
    job_version         integer NOT NULL,
    queue_id            bigint NOT NULL,
    cause               text NOT NULL,
    caused_by           text,
    schedule_id         bigint,
    nominal_at          timestamptz,
    due_at              timestamptz NOT NULL,
    parameters          jsonb NOT NULL,
    predicted_seconds   double precision,
    created_at          timestamptz NOT NULL,
    ready_at            timestamptz,
    epoch               bigint NOT NULL,
    attempt             integer NOT NULL,
    node_id             bigint,
    started_at          timestamptz,
    ended_at            timestamptz NOT NULL,
    exit_code           integer,
    message             text,
    result              jsonb,
    cancel_requested_at timestamptz,
    cancel_requested_by text,
    attempts            jsonb NOT NULL,
    CONSTRAINT run_history_pkey PRIMARY KEY (id),
    CONSTRAINT run_history_state_final CHECK
        (state IN ('SUCCEEDED', 'FAILED', 'TIMED_OUT', 'CANCELLED', 'SKIPPED', 'MISSED', 'UNKNOWN'))
) PARTITION BY RANGE (id);
CREATE INDEX run_history_by_job ON run_history (job_id, id DESC);
CREATE INDEX run_history_by_state ON run_history (state, id DESC);
