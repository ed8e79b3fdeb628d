-- What somebody does to all runs that a filter finds, in batches: `after_id` is how far it is, `through_id` the last run that
-- there was when its effect was shown. The filter as it was typed is for people, that in JSON is what counts.
CREATE TABLE bulk_act (
    id          bigint NOT NULL DEFAULT next_id(),
    act         text NOT NULL,
    filter      jsonb NOT NULL,
    typed       text NOT NULL,
    reason      text NOT NULL DEFAULT '',
    queue_id    bigint,
    asked_by    text NOT NULL,
    address     text,
    through_id  bigint NOT NULL,
    after_id    bigint NOT NULL DEFAULT 0,
    changed     bigint NOT NULL DEFAULT 0,
    passed_over bigint NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at    timestamptz,
    stopped_by  text,
    CONSTRAINT bulk_act_pkey PRIMARY KEY (id),
    CONSTRAINT bulk_act_queue FOREIGN KEY (queue_id) REFERENCES queue (id),
    CONSTRAINT bulk_act_moves_to_a_queue CHECK ((act = 'MOVE') = (queue_id IS NOT NULL)),
    CONSTRAINT bulk_act_stopped_when_ended CHECK (stopped_by IS NULL OR ended_at IS NOT NULL)
);
CREATE INDEX bulk_act_under_way ON bulk_act (id) WHERE ended_at IS NULL;
