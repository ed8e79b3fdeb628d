-- What a POST with an Idempotency-Key answered, kept for 24 h: the same key gives the same answer.
CREATE TABLE idempotency_key (
    account_id   bigint NOT NULL,
    key          text NOT NULL,
    request_hash bytea NOT NULL,
    status       integer NOT NULL,
    location     text,
    body         text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT idempotency_key_pkey PRIMARY KEY (account_id, key),
    CONSTRAINT idempotency_key_length CHECK (length(key) BETWEEN 1 AND 200),
    CONSTRAINT idempotency_key_account FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);
