CREATE TABLE account (
    id            bigint NOT NULL DEFAULT next_id(),
    name          text NOT NULL,
    password_hash text,
    zone          text,
    language      text,
    theme         text NOT NULL DEFAULT 'auto',
    disabled_at   timestamptz,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    version       integer NOT NULL DEFAULT 0,
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_name_form CHECK (name ~ '^[a-z0-9][a-z0-9._@-]{0,63}$'),
    CONSTRAINT account_theme_known CHECK (theme IN ('auto', 'light', 'dark'))
);
CREATE UNIQUE INDEX account_by_name ON account (name);

-- '*' stands for every namespace
CREATE TABLE account_role (
    account_id bigint NOT NULL,
    namespace  text NOT NULL,
    role       text NOT NULL,
    CONSTRAINT account_role_pkey PRIMARY KEY (account_id, namespace),
    CONSTRAINT account_role_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT account_role_known CHECK (role IN ('VIEWER', 'OPERATOR', 'EDITOR', 'ADMIN')),
    CONSTRAINT account_role_namespace_form CHECK (namespace = '*' OR namespace ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')
);
