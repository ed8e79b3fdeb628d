CREATE TABLE node (
    id              bigint NOT NULL DEFAULT next_id(),
    name            text NOT NULL,
    description     text NOT NULL DEFAULT '',
    credential_hash bytea NOT NULL,
    slots           integer NOT NULL,
    weight          integer NOT NULL DEFAULT 1,
    state           text NOT NULL DEFAULT 'ACTIVE',
    revoked_at      timestamptz,
    archived_at     timestamptz,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    version         integer NOT NULL DEFAULT 0,
    CONSTRAINT node_pkey PRIMARY KEY (id),
    CONSTRAINT node_name_form CHECK (name ~ '^[a-zA-Z0-9]([a-zA-Z0-9._-]{0,98}[a-zA-Z0-9])?$'),
    CONSTRAINT node_description_length CHECK (length(description) <= 2000),
    CONSTRAINT node_credential_hash_length CHECK (length(credential_hash) = 32),
    CONSTRAINT node_slots_range CHECK (slots BETWEEN 1 AND 10000),
    CONSTRAINT node_weight_range CHECK (weight BETWEEN 1 AND 1000),
    CONSTRAINT node_state_known CHECK (state IN ('ACTIVE', 'DRAINING', 'MAINTENANCE'))
);
CREATE UNIQUE INDEX node_by_name ON node (name) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX node_by_credential ON node (credential_hash);

-- One incarnation of a worker: from one start of its process to the end of its lease. `slots` is what the worker can
-- run, the node's figure what it may. `not_held` says since when a heartbeat has lacked a run that the session should
-- hold. `lapsed_at` is set when an offer was not accepted, until the next heartbeat. `taken_back_at`: none of its runs
-- is left.
CREATE TABLE node_session (
    id            bigint NOT NULL DEFAULT next_id(),
    node_id       bigint NOT NULL,
    state         text NOT NULL DEFAULT 'LIVE',
    slots         integer NOT NULL DEFAULT 1,
    started_at    timestamptz NOT NULL,
    lease_until   timestamptz NOT NULL,
    ended_at      timestamptz,
    boot_id       text NOT NULL,
    host          text NOT NULL,
    address       text NOT NULL,
    worker_version text NOT NULL,
    containment   text NOT NULL,
    draining      boolean NOT NULL DEFAULT false,
    clock_offset_ms bigint,
    load          jsonb NOT NULL DEFAULT '{}',
    not_held      jsonb NOT NULL DEFAULT '{}',
    lapsed_at     timestamptz,
    taken_back_at timestamptz,
    CONSTRAINT node_session_pkey PRIMARY KEY (id),
    CONSTRAINT node_session_node FOREIGN KEY (node_id) REFERENCES node (id),
    CONSTRAINT node_session_state_known CHECK (state IN ('LIVE', 'LOST', 'ENDED')),
    CONSTRAINT node_session_ended_unless_live CHECK ((state = 'LIVE') = (ended_at IS NULL)),
    CONSTRAINT node_session_taken_back_when_over CHECK (taken_back_at IS NULL OR ended_at IS NOT NULL),
    CONSTRAINT node_session_slots_range CHECK (slots BETWEEN 1 AND 10000),
    CONSTRAINT node_session_words_length CHECK (length(boot_id) <= 100 AND length(host) <= 255
        AND length(address) <= 100 AND length(worker_version) <= 100)
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0);
CREATE UNIQUE INDEX node_session_live ON node_session (node_id) WHERE state = 'LIVE';
CREATE INDEX node_session_to_take_back ON node_session (id) WHERE state <> 'LIVE' AND taken_back_at IS NULL;
CREATE INDEX node_session_by_node ON node_session (node_id, id DESC);

-- One row, beaten each second by any server. After a pause of the database no lease may end before `grace_until`.
CREATE TABLE pulse (
    one         boolean NOT NULL DEFAULT true,
    beaten_at   timestamptz NOT NULL,
    grace_until timestamptz NOT NULL,
    CONSTRAINT pulse_pkey PRIMARY KEY (one),
    CONSTRAINT pulse_single CHECK (one)
) WITH (fillfactor = 10);
INSERT INTO pulse (beaten_at, grace_until) VALUES (clock_timestamp(), clock_timestamp());
