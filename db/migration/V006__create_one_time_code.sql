-- Set-up codes (first account) and join codes (a worker's first contact). Only the hash is kept; each works once.
CREATE TABLE one_time_code (
    code_hash  bytea NOT NULL,
    purpose    text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by text NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    used_by    text,
    CONSTRAINT one_time_code_pkey PRIMARY KEY (code_hash),
    CONSTRAINT one_time_code_hash_length CHECK (length(code_hash) = 32),
    CONSTRAINT one_time_code_purpose_known CHECK (purpose IN ('SET_UP', 'JOIN')),
    CONSTRAINT one_time_code_expires_later CHECK (expires_at > created_at),
    CONSTRAINT one_time_code_used_by_whom CHECK ((used_at IS NULL) = (used_by IS NULL))
);
