-- Only the SHA-256 of a session's cookie is kept.
CREATE TABLE web_session (
    token_hash bytea NOT NULL,
    account_id bigint NOT NULL,
    csrf_token text NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    CONSTRAINT web_session_pkey PRIMARY KEY (token_hash),
    CONSTRAINT web_session_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT web_session_token_hash_length CHECK (length(token_hash) = 32),
    CONSTRAINT web_session_seen_after_created CHECK (seen_at >= created_at)
);
CREATE INDEX web_session_by_account ON web_session (account_id);
CREATE INDEX web_session_by_seen_at ON web_session (seen_at);
