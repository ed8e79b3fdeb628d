-- What runs of different jobs share. Kind and permits say what it has room for: lock_state.capacity.
CREATE TABLE lock (
    id          bigint NOT NULL DEFAULT next_id(),
    namespace   text NOT NULL,
    name        text NOT NULL,
    description text NOT NULL DEFAULT '',
    owner       text NOT NULL DEFAULT '',
    kind        text NOT NULL,
    permits     integer,
    archived_at timestamptz,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    version     integer NOT NULL DEFAULT 0,
    CONSTRAINT lock_pkey PRIMARY KEY (id),
    CONSTRAINT lock_namespace_form CHECK (namespace ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT lock_name_form CHECK (name ~ '^[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?$'),
    CONSTRAINT lock_description_length CHECK (length(description) <= 2000),
    CONSTRAINT lock_owner_length CHECK (length(owner) <= 200),
    CONSTRAINT lock_kind_known CHECK (kind IN ('MUTEX', 'READ_WRITE', 'SEMAPHORE')),
    CONSTRAINT lock_permits_of_semaphore CHECK ((kind = 'SEMAPHORE') = (permits IS NOT NULL)),
    CONSTRAINT lock_permits_range CHECK (permits BETWEEN 1 AND 1000000)
);
CREATE UNIQUE INDEX lock_by_name ON lock (namespace, name) WHERE archived_at IS NULL;

-- Locked by whoever grants some of it, and by whoever frees some to see who can be granted it now. The token is the last one given out.
CREATE TABLE lock_state (
    lock_id  bigint NOT NULL,
    capacity integer NOT NULL,
    token    bigint NOT NULL DEFAULT 0,
    CONSTRAINT lock_state_pkey PRIMARY KEY (lock_id),
    CONSTRAINT lock_state_lock FOREIGN KEY (lock_id) REFERENCES lock (id),
    CONSTRAINT lock_state_capacity_range CHECK (capacity BETWEEN 1 AND 1000000)
);

-- Which locks a run takes before it begins, and how many units of each; ascending by lock. Few distinct ones, never changed.
CREATE TABLE claim (
    id    bigint NOT NULL DEFAULT next_id(),
    locks bigint[] NOT NULL,
    units integer[] NOT NULL,
    CONSTRAINT claim_pkey PRIMARY KEY (id),
    CONSTRAINT claim_once UNIQUE (locks, units),
    CONSTRAINT claim_of_some CHECK (cardinality(locks) > 0 AND cardinality(locks) = cardinality(units))
);

-- Null where nothing is claimed, which costs nothing.
ALTER TABLE job ADD COLUMN claim_id bigint CONSTRAINT job_claim REFERENCES claim (id);
ALTER TABLE job_version ADD COLUMN claim_id bigint;
ALTER TABLE run ADD COLUMN claim_id bigint;
