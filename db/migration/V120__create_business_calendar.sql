-- Which days work. What a calendar says is in its versions, which are kept: the ledger judges the past by them.
CREATE TABLE business_calendar (
    id          bigint NOT NULL DEFAULT next_id(),
    namespace   text NOT NULL,
    name        text NOT NULL,
    description text NOT NULL DEFAULT '',
    shared      boolean NOT NULL DEFAULT false,
    archived_at timestamptz,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    version     integer NOT NULL DEFAULT 0,
    CONSTRAINT business_calendar_pkey PRIMARY KEY (id),
    CONSTRAINT business_calendar_namespace_form CHECK (namespace ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT business_calendar_name_form CHECK (name ~ '^[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?$'),
    CONSTRAINT business_calendar_description_length CHECK (length(description) <= 2000)
);
CREATE UNIQUE INDEX business_calendar_by_name ON business_calendar (namespace, name) WHERE archived_at IS NULL;

-- Never changed, never deleted.
CREATE TABLE calendar_version (
    calendar_id bigint NOT NULL,
    version     integer NOT NULL,
    content     jsonb NOT NULL,
    made_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    made_by     text NOT NULL,
    CONSTRAINT calendar_version_pkey PRIMARY KEY (calendar_id, version),
    CONSTRAINT calendar_version_calendar FOREIGN KEY (calendar_id) REFERENCES business_calendar (id)
);
