-- From when to when a schedule holds, by how much its runs are spread, and what becomes of instants that were missed.
ALTER TABLE schedule
    ADD COLUMN valid_from timestamptz,
    ADD COLUMN valid_until timestamptz,
    ADD COLUMN jitter_seconds integer NOT NULL DEFAULT 0,
    ADD COLUMN catch_up text NOT NULL DEFAULT 'SKIP',
    ADD COLUMN catch_up_count integer NOT NULL DEFAULT 100,
    ADD COLUMN catch_up_age_seconds bigint NOT NULL DEFAULT 86400,
    ADD COLUMN catch_up_spread_seconds integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT schedule_validity_in_order CHECK (valid_until >= valid_from),
    ADD CONSTRAINT schedule_jitter_bounded CHECK (jitter_seconds BETWEEN 0 AND 86400),
    ADD CONSTRAINT schedule_catch_up_known CHECK (catch_up IN ('SKIP', 'LATEST', 'ALL')),
    ADD CONSTRAINT schedule_catch_up_count_bounded CHECK (catch_up_count BETWEEN 1 AND 10000),
    ADD CONSTRAINT schedule_catch_up_age_bounded CHECK (catch_up_age_seconds BETWEEN 60 AND 31622400),
    ADD CONSTRAINT schedule_catch_up_spread_bounded CHECK (catch_up_spread_seconds BETWEEN 0 AND 86400);
