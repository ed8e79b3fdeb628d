-- Of FAIR: the greatest start tag that was given out, and when the gaps were last closed that ended and held runs leave.
ALTER TABLE queue_state
    ADD COLUMN virtual_time bigint NOT NULL DEFAULT 0,
    ADD COLUMN tags_mended_at timestamptz NOT NULL DEFAULT clock_timestamp();
