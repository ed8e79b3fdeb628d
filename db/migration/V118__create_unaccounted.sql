-- Instants of the last hours that have neither a run nor a reason why there is none: must be empty. Written by whichever server
-- checks the ledger; a row stays while its instants are still missing.
CREATE TABLE unaccounted (
    schedule_id bigint NOT NULL,
    from_at     timestamptz NOT NULL,
    through_at  timestamptz NOT NULL,
    instants    bigint NOT NULL,
    found_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT unaccounted_pkey PRIMARY KEY (schedule_id),
    CONSTRAINT unaccounted_schedule FOREIGN KEY (schedule_id) REFERENCES schedule (id),
    CONSTRAINT unaccounted_instants_positive CHECK (instants > 0)
);

-- One row: how far the check under way has come, and when the last one ended.
CREATE TABLE ledger_check (
    began_at       timestamptz NOT NULL,
    after_schedule bigint NOT NULL,
    ended_at       timestamptz,
    schedules      bigint NOT NULL,
    only_row       boolean NOT NULL DEFAULT true,
    CONSTRAINT ledger_check_pkey PRIMARY KEY (only_row),
    CONSTRAINT ledger_check_one_row CHECK (only_row)
);
INSERT INTO ledger_check (began_at, after_schedule, ended_at, schedules) VALUES ('-infinity', 0, '-infinity', 0);
