-- Servers of the cluster, for people to look at: nothing is decided by this table.
CREATE TABLE server (
    id              bigint NOT NULL DEFAULT next_id(),
    name            text NOT NULL,
    server_version  text NOT NULL,
    started_at      timestamptz NOT NULL,
    seen_at         timestamptz NOT NULL,
    clock_offset_ms bigint NOT NULL DEFAULT 0,
    CONSTRAINT server_pkey PRIMARY KEY (id)
);
CREATE INDEX server_by_seen_at ON server (seen_at);
