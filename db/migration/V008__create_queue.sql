CREATE TABLE queue (
    id          bigint NOT NULL DEFAULT next_id(),
    namespace   text NOT NULL,
    name        text NOT NULL,
    description text NOT NULL DEFAULT '',
    policy      text NOT NULL DEFAULT 'FCFS',
    balancer    text NOT NULL DEFAULT 'ROUND_ROBIN',
    max_running integer,
    weight      integer NOT NULL DEFAULT 1,
    paused_at   timestamptz,
    archived_at timestamptz,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    version     integer NOT NULL DEFAULT 0,
    CONSTRAINT queue_pkey PRIMARY KEY (id),
    CONSTRAINT queue_namespace_form CHECK (namespace ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT queue_name_form CHECK (name ~ '^[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?$'),
    CONSTRAINT queue_description_length CHECK (length(description) <= 2000),
    CONSTRAINT queue_policy_known CHECK (policy IN ('FCFS')),
    CONSTRAINT queue_balancer_known CHECK (balancer IN ('ROUND_ROBIN')),
    CONSTRAINT queue_max_running_positive CHECK (max_running BETWEEN 1 AND 100000),
    CONSTRAINT queue_weight_range CHECK (weight BETWEEN 1 AND 1000)
);
CREATE UNIQUE INDEX queue_by_name ON queue (namespace, name) WHERE archived_at IS NULL;

-- hot: written by every dispatch of the queue, under its row lock
CREATE TABLE queue_state (
    queue_id         bigint NOT NULL,
    balancer_cursor  bigint NOT NULL DEFAULT 0,
    dispatched_at    timestamptz,
    CONSTRAINT queue_state_pkey PRIMARY KEY (queue_id),
    CONSTRAINT queue_state_queue FOREIGN KEY (queue_id) REFERENCES queue (id)
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0);

-- the queue of every job that names none
INSERT INTO queue (namespace, name, description) VALUES ('default', 'default', 'Runs of jobs that name no other queue.');
INSERT INTO queue_state (queue_id) SELECT id FROM queue;
