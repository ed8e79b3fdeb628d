-- Runs of a job for past instants, so many at a time: by one of its schedules, or by a timetable given for it. The
-- timetable is kept as it was. Its runs have the id in caused_by.
CREATE TABLE backfill (
    id                bigint NOT NULL DEFAULT next_id(),
    job_id            bigint NOT NULL,
    schedule_id       bigint,
    kind              text NOT NULL,
    expression        text NOT NULL,
    zone              text NOT NULL,
    gap               text,
    overlap           text,
    calendar          text,
    from_at           timestamptz NOT NULL,
    through_at        timestamptz NOT NULL,
    instants          integer NOT NULL,
    parallelism       integer NOT NULL,
    newest_first      boolean NOT NULL,
    stop_on_failure   boolean NOT NULL,
    again             boolean NOT NULL,
    parameters        jsonb NOT NULL,
    state             text NOT NULL DEFAULT 'RUNNING',
    failures_accepted integer NOT NULL DEFAULT 0,
    created_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by        text NOT NULL,
    went_on_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    cancelled_by      text,
    ended_at          timestamptz,
    CONSTRAINT backfill_pkey PRIMARY KEY (id),
    CONSTRAINT backfill_job FOREIGN KEY (job_id) REFERENCES job (id),
    CONSTRAINT backfill_state_known
        CHECK (state IN ('RUNNING', 'PAUSED', 'STOPPED', 'CANCELLING', 'CANCELLED', 'FINISHED')),
    CONSTRAINT backfill_ended_when_final CHECK ((state IN ('CANCELLED', 'FINISHED')) = (ended_at IS NOT NULL)),
    CONSTRAINT backfill_cancelled_by_somebody
        CHECK ((state IN ('CANCELLING', 'CANCELLED')) = (cancelled_by IS NOT NULL)),
    CONSTRAINT backfill_range_in_order CHECK (from_at <= through_at),
    CONSTRAINT backfill_instants_bounded CHECK (instants BETWEEN 1 AND 100000),
    CONSTRAINT backfill_parallelism_bounded CHECK (parallelism BETWEEN 1 AND 100),
    CONSTRAINT backfill_parameters_object CHECK (jsonb_typeof(parameters) = 'object'),
    CONSTRAINT backfill_failures_not_negative CHECK (failures_accepted >= 0)
);
CREATE INDEX backfill_by_job ON backfill (job_id, id DESC);
CREATE INDEX backfill_under_way ON backfill (id) WHERE ended_at IS NULL;
CREATE INDEX backfill_by_end ON backfill (ended_at) WHERE ended_at IS NOT NULL;
