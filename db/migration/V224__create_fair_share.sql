-- What the shares of a queue under FAIR have had, in microseconds of predicted slot time. `finish_tag` is where the last of its
-- runs that has a place ends, `served_tag` the last that was given out.
CREATE TABLE fair_share (
    queue_id   bigint NOT NULL,
    share      text NOT NULL,
    finish_tag bigint NOT NULL,
    served_tag bigint NOT NULL DEFAULT 0,
    CONSTRAINT fair_share_pkey PRIMARY KEY (queue_id, share),
    CONSTRAINT fair_share_queue FOREIGN KEY (queue_id) REFERENCES queue_state (queue_id)
);
