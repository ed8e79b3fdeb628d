-- The roll-up that charts read: ended runs per minute, queue and final state.
CREATE TABLE run_minute (
    minute       timestamptz NOT NULL,
    queue_id     bigint NOT NULL,
    state        text NOT NULL,
    runs         bigint NOT NULL,
    wait_seconds double precision NOT NULL,
    run_seconds  double precision NOT NULL,
    CONSTRAINT run_minute_pkey PRIMARY KEY (minute, queue_id, state),
    CONSTRAINT run_minute_runs_positive CHECK (runs > 0)
) WITH (fillfactor = 50);
