-- Append only. Each entry carries the hash of the one before it, so that a removed or altered entry shows.
CREATE TABLE audit_entry (
    id            bigint GENERATED ALWAYS AS IDENTITY,
    at            timestamptz NOT NULL,
    actor         text NOT NULL,
    action        text NOT NULL,
    subject_kind  text NOT NULL,
    namespace     text,
    subject       text NOT NULL,
    detail        jsonb NOT NULL,
    address       text,
    previous_hash bytea NOT NULL,
    hash          bytea NOT NULL,
    CONSTRAINT audit_entry_pkey PRIMARY KEY (id),
    CONSTRAINT audit_entry_hash_length CHECK (length(hash) = 32 AND length(previous_hash) = 32)
);
CREATE INDEX audit_entry_by_subject ON audit_entry (subject_kind, namespace, subject, id DESC);

-- the one row that an appender locks: the head of the chain
CREATE TABLE audit_head (
    one  boolean NOT NULL DEFAULT true,
    hash bytea NOT NULL,
    CONSTRAINT audit_head_pkey PRIMARY KEY (one),
    CONSTRAINT audit_head_single CHECK (one)
);
INSERT INTO audit_head (hash) VALUES (decode(repeat('00', 32), 'hex'));

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
