-- The instants of a backfill by their place in its order. LEFT_OUT has the run that makes another one needless.
CREATE TABLE backfill_instant (
    backfill_id bigint NOT NULL,
    place       integer NOT NULL,
    nominal_at  timestamptz NOT NULL,
    adjustment  text,
    state       text NOT NULL,
    run_id      bigint,
    ended_at    timestamptz,
    CONSTRAINT backfill_instant_pkey PRIMARY KEY (backfill_id, place),
    CONSTRAINT backfill_instant_backfill FOREIGN KEY (backfill_id) REFERENCES backfill (id) ON DELETE CASCADE,
    CONSTRAINT backfill_instant_state_known
        CHECK (state IN ('PENDING', 'STARTED', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'LEFT_OUT')),
    CONSTRAINT backfill_instant_has_run CHECK ((state = 'PENDING') = (run_id IS NULL)),
    CONSTRAINT backfill_instant_ended CHECK ((state IN ('SUCCEEDED', 'FAILED', 'CANCELLED')) = (ended_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX backfill_instant_once ON backfill_instant (backfill_id, nominal_at);
CREATE UNIQUE INDEX backfill_instant_started ON backfill_instant (run_id) WHERE state = 'STARTED';
CREATE INDEX backfill_instant_pending ON backfill_instant (backfill_id, place) WHERE state = 'PENDING';
CREATE INDEX backfill_instant_under_way ON backfill_instant (backfill_id) WHERE state = 'STARTED';
CREATE INDEX backfill_instant_failed ON backfill_instant (backfill_id) WHERE state = 'FAILED';
