-- One row per batch of offers: who was chosen for what, and why. `candidates` are by ascending node id, then those left
-- out with the reason. `runs`, `slots`, `places` and `tied` go together, one element per run; `places` counts the
-- candidates from 0. `scores` are of all that could be chosen, run by run, or in a large batch of the winners alone.
-- `shadow_places` is where the queue's shadow would have put each; `gain_seconds` how much less work stood there.
CREATE TABLE decision (
    id            bigint NOT NULL DEFAULT next_id(),
    queue_id      bigint NOT NULL,
    at            timestamptz NOT NULL DEFAULT clock_timestamp(),
    server        text NOT NULL,
    balancer      text NOT NULL,
    shadow        text,
    size          integer NOT NULL,
    differing     integer,
    gain_seconds  double precision,
    candidates    jsonb NOT NULL,
    runs          bigint[] NOT NULL,
    slots         integer[] NOT NULL,
    places        integer[] NOT NULL,
    tied          boolean[] NOT NULL,
    scores        real[] NOT NULL,
    shadow_places integer[],
    CONSTRAINT decision_pkey PRIMARY KEY (id),
    CONSTRAINT decision_shadow_whole CHECK ((shadow IS NULL) = (differing IS NULL)
        AND (shadow IS NULL) = (gain_seconds IS NULL) AND (shadow IS NULL) = (shadow_places IS NULL))
) PARTITION BY RANGE (id);
CREATE INDEX decision_by_queue ON decision (queue_id, id);
