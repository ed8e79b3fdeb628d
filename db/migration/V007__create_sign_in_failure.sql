-- Failed guesses of the last minutes, per account name and address; old rows are swept.
CREATE TABLE sign_in_failure (
    id      bigint NOT NULL DEFAULT next_id(),
    name    text NOT NULL,
    address text NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT sign_in_failure_pkey PRIMARY KEY (id),
    CONSTRAINT sign_in_failure_name_length CHECK (length(name) <= 64)
);
CREATE INDEX sign_in_failure_by_name ON sign_in_failure (name, at);
CREATE INDEX sign_in_failure_by_address ON sign_in_failure (address, at);
