-- Browsers that an account has signed in from: guesses that others make about the account do not slow these down.
CREATE TABLE known_browser (
    token_hash bytea NOT NULL,
    account_id bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT known_browser_pkey PRIMARY KEY (token_hash, account_id),
    CONSTRAINT known_browser_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT known_browser_token_hash_length CHECK (length(token_hash) = 32)
);
CREATE INDEX known_browser_by_age ON known_browser (created_at);
