-- `definition` is the document that the console, the API and files share: task, parameters, timeout, retries.
CREATE TABLE job (
    id          bigint NOT NULL DEFAULT next_id(),
    namespace   text NOT NULL,
    name        text NOT NULL,
    description text NOT NULL DEFAULT '',
    queue_id    bigint NOT NULL,
    definition  jsonb NOT NULL,
    disabled_at timestamptz,
    archived_at timestamptz,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    version     integer NOT NULL DEFAULT 1,
    CONSTRAINT job_pkey PRIMARY KEY (id),
    CONSTRAINT job_queue FOREIGN KEY (queue_id) REFERENCES queue (id),
    CONSTRAINT job_namespace_form CHECK (namespace ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT job_name_form CHECK (name ~ '^[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?$'),
    CONSTRAINT job_description_length CHECK (length(description) <= 2000),
    CONSTRAINT job_definition_object CHECK (jsonb_typeof(definition) = 'object' AND definition ? 'task'),
    CONSTRAINT job_version_positive CHECK (version >= 1)
);
CREATE UNIQUE INDEX job_by_name ON job (namespace, name) WHERE archived_at IS NULL;
CREATE INDEX job_by_queue ON job (queue_id);

-- Every version a job ever had; a run names the one it executes. `queue` is the queue's name as it was then.
CREATE TABLE job_version (
    job_id      bigint NOT NULL,
    version     integer NOT NULL,
    definition  jsonb NOT NULL,
    description text NOT NULL DEFAULT '',
    queue       text NOT NULL DEFAULT 'default/default',
    enabled     boolean NOT NULL DEFAULT true,
    changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by  text NOT NULL,
    CONSTRAINT job_version_pkey PRIMARY KEY (job_id, version),
    CONSTRAINT job_version_job FOREIGN KEY (job_id) REFERENCES job (id)
);

-- hot: one ordered upsert per finished batch
CREATE TABLE job_statistics (
    job_id             bigint NOT NULL,
    succeeded          bigint NOT NULL DEFAULT 0,
    failed             bigint NOT NULL DEFAULT 0,
    mean_seconds       double precision,
    last_run_id        bigint,
    last_state         text,
    last_ended_at      timestamptz,
    last_succeeded_at  timestamptz,
    consecutive_failed integer NOT NULL DEFAULT 0,
    CONSTRAINT job_statistics_pkey PRIMARY KEY (job_id),
    CONSTRAINT job_statistics_job FOREIGN KEY (job_id) REFERENCES job (id),
    CONSTRAINT job_statistics_mean_positive CHECK (mean_seconds >= 0)
) WITH (fillfactor = 50);
