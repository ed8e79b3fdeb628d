-- A job bound to a timetable. Instants at or before `effective_from` are never fired.
CREATE TABLE schedule (
    id             bigint NOT NULL DEFAULT next_id(),
    job_id         bigint NOT NULL,
    timetable_id   bigint NOT NULL,
    name           text NOT NULL,
    parameters     jsonb NOT NULL DEFAULT '{}',
    effective_from timestamptz NOT NULL,
    disabled_at    timestamptz,
    archived_at    timestamptz,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    version        integer NOT NULL DEFAULT 0,
    CONSTRAINT schedule_pkey PRIMARY KEY (id),
    CONSTRAINT schedule_job FOREIGN KEY (job_id) REFERENCES job (id),
    CONSTRAINT schedule_timetable FOREIGN KEY (timetable_id) REFERENCES timetable (id),
    CONSTRAINT schedule_name_form CHECK (name ~ '^[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?$'),
    CONSTRAINT schedule_parameters_object CHECK (jsonb_typeof(parameters) = 'object')
);
CREATE UNIQUE INDEX schedule_by_name ON schedule (job_id, name) WHERE archived_at IS NULL;
CREATE INDEX schedule_to_fire ON schedule (timetable_id) WHERE disabled_at IS NULL AND archived_at IS NULL;
