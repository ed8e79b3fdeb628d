CREATE TABLE api_token (
    id           bigint NOT NULL DEFAULT next_id(),
    account_id   bigint NOT NULL,
    name         text NOT NULL,
    token_hash   bytea NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    CONSTRAINT api_token_pkey PRIMARY KEY (id),
    CONSTRAINT api_token_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT api_token_hash_length CHECK (length(token_hash) = 32),
    CONSTRAINT api_token_name_length CHECK (length(name) BETWEEN 1 AND 100)
);
CREATE UNIQUE INDEX api_token_by_hash ON api_token (token_hash);
CREATE INDEX api_token_by_account ON api_token (account_id, id);
