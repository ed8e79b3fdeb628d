-- What attempts have of locks: a row is made with the offer and goes with the attempt. The token grows with each of its lock.
CREATE TABLE lock_hold (
    lock_id bigint NOT NULL,
    run_id  bigint NOT NULL,
    epoch   bigint NOT NULL,
    units   integer NOT NULL,
    token   bigint NOT NULL,
    since   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT lock_hold_pkey PRIMARY KEY (lock_id, run_id),
    CONSTRAINT lock_hold_lock FOREIGN KEY (lock_id) REFERENCES lock (id),
    CONSTRAINT lock_hold_units CHECK (units > 0)
) WITH (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = false);
CREATE INDEX lock_hold_by_run ON lock_hold (run_id);

-- Places of waiting runs before locks that refused them, lowest key first. A live one keeps its units from those behind it.
-- `refused` is false from when the lock would grant it until a look at the run says otherwise; `called_at` is when the run was made ready
-- because of that.
CREATE TABLE lock_ticket (
    lock_id   bigint NOT NULL,
    run_id    bigint NOT NULL,
    queue_id  bigint NOT NULL,
    key       bigint NOT NULL,
    units     integer NOT NULL,
    refused   boolean NOT NULL DEFAULT true,
    live      boolean NOT NULL DEFAULT true,
    since     timestamptz NOT NULL DEFAULT clock_timestamp(),
    called_at timestamptz,
    CONSTRAINT lock_ticket_pkey PRIMARY KEY (lock_id, run_id),
    CONSTRAINT lock_ticket_lock FOREIGN KEY (lock_id) REFERENCES lock (id),
    CONSTRAINT lock_ticket_units CHECK (units > 0)
) WITH (fillfactor = 80, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0,
        vacuum_truncate = false);
CREATE INDEX lock_ticket_line ON lock_ticket (lock_id, key, run_id) WHERE live;
CREATE INDEX lock_ticket_by_run ON lock_ticket (run_id);
CREATE INDEX lock_ticket_by_queue ON lock_ticket (queue_id, lock_id);
CREATE INDEX lock_ticket_called ON lock_ticket (called_at) WHERE live AND called_at IS NOT NULL;

-- Runs of a job with permits that wait for a lock count as through its gate.
CREATE INDEX run_before_lock ON run (job_id, queue_id, need_id) WHERE blocked_reason = 'LOCK' AND permits IS NOT NULL;

-- A run's place before locks: that in its queue, but no more than ten minutes from the instant at which it became ready, so that nobody is
-- overtaken for ever, whatever the policy. The keys of fair queues are no times.
CREATE FUNCTION ticket_key(order_key bigint, ready_at timestamptz, fair boolean) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN fair THEN (extract(epoch FROM ready_at) * 1000000)::bigint
        ELSE greatest((extract(epoch FROM ready_at) * 1000000)::bigint - 600000000,
                      least((extract(epoch FROM ready_at) * 1000000)::bigint + 600000000, order_key)) END;
