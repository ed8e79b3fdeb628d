-- Unfinished runs only: finishing moves the row to run_history. State stands second, so that an operator's
-- "SELECT * FROM run" shows it first.
CREATE TABLE run (
    id                  bigint NOT NULL DEFAULT next_id(),
    state               text NOT NULL,
    job_id              bigint NOT NULL,
    job_version         integer NOT NULL,
    queue_id            bigint NOT NULL,
    cause               text NOT NULL,
    caused_by           text,
    schedule_id         bigint,
    nominal_at          timestamptz,
    due_at              timestamptz NOT NULL,
    parameters          jsonb NOT NULL DEFAULT '{}',
    order_key           bigint NOT NULL,
    predicted_seconds   double precision,
    created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    ready_at            timestamptz,
    blocked_reason      text,
    wake_at             timestamptz,
    epoch               bigint NOT NULL DEFAULT 0,
    attempt             integer NOT NULL DEFAULT 0,
    session_id          bigint,
    node_id             bigint,
    offered_at          timestamptz,
    started_at          timestamptz,
    cancel_requested_at timestamptz,
    cancel_requested_by text,
    attempts            jsonb NOT NULL DEFAULT '[]',
    CONSTRAINT run_pkey PRIMARY KEY (id),
    CONSTRAINT run_state_unfinished CHECK (state IN ('QUEUED', 'BLOCKED', 'HELD', 'ASSIGNED', 'RUNNING', 'PAUSED')),
    CONSTRAINT run_cause_known CHECK (cause IN ('SCHEDULE', 'MANUAL', 'API', 'RERUN', 'CANARY')),
    CONSTRAINT run_schedule_has_instant CHECK ((schedule_id IS NULL) = (nominal_at IS NULL)),
    CONSTRAINT run_queued_is_ready CHECK (state <> 'QUEUED' OR ready_at IS NOT NULL),
    CONSTRAINT run_blocked_has_reason CHECK ((state = 'BLOCKED') = (blocked_reason IS NOT NULL)),
    CONSTRAINT run_session_while_on_node CHECK ((state IN ('ASSIGNED', 'RUNNING', 'PAUSED')) = (session_id IS NOT NULL)),
    CONSTRAINT run_session_has_node CHECK ((session_id IS NULL) = (node_id IS NULL)),
    CONSTRAINT run_started_while_running CHECK (state NOT IN ('RUNNING', 'PAUSED') OR started_at IS NOT NULL),
    CONSTRAINT run_epoch_counts_offers CHECK (epoch >= attempt AND attempt >= 0),
    CONSTRAINT run_attempts_list CHECK (jsonb_typeof(attempts) = 'array')
) WITH (fillfactor = 70, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.02,
        autovacuum_vacuum_cost_delay = 0);
CREATE UNIQUE INDEX run_by_fire ON run (schedule_id, nominal_at) WHERE schedule_id IS NOT NULL;
CREATE INDEX run_to_dispatch ON run (queue_id, order_key, id) WHERE state = 'QUEUED';
CREATE INDEX run_to_wake ON run (wake_at) WHERE state = 'BLOCKED' AND wake_at IS NOT NULL;
CREATE INDEX run_on_session ON run (session_id, id) WHERE session_id IS NOT NULL;
CREATE INDEX run_not_accepted ON run (offered_at) WHERE state = 'ASSIGNED';
CREATE INDEX run_by_job ON run (job_id, id DESC);
