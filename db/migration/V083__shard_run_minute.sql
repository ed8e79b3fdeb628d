-- Each minute has up to four rows where it had one, so that reports which end at the same time do not queue up for it:
-- a connection writes the row of its own shard, and readers add them up. By connection rather than by server, since those
-- of one server meet as often, and the rows of a minute stay as few in a large cluster.
ALTER TABLE run_minute
    ADD COLUMN shard smallint NOT NULL DEFAULT (pg_backend_pid() % 4),
    DROP CONSTRAINT run_minute_pkey,
    ADD CONSTRAINT run_minute_pkey PRIMARY KEY (minute, queue_id, state, shard);
