-- The ledger: one row per timetable and nominal instant that was fired. Its key is what makes a second fire impossible.
CREATE TABLE fire (
    timetable_id bigint NOT NULL,
    nominal_at   timestamptz NOT NULL,
    fired_at     timestamptz NOT NULL,
    runs         integer NOT NULL,
    CONSTRAINT fire_pkey PRIMARY KEY (timetable_id, nominal_at),
    CONSTRAINT fire_timetable FOREIGN KEY (timetable_id) REFERENCES timetable (id),
    CONSTRAINT fire_never_early CHECK (fired_at >= nominal_at),
    CONSTRAINT fire_runs_not_negative CHECK (runs >= 0)
);

-- Instants that no run was made for, as one row per schedule, stretch and reason.
CREATE TABLE fire_range (
    id          bigint NOT NULL DEFAULT next_id(),
    schedule_id bigint NOT NULL,
    from_at     timestamptz NOT NULL,
    through_at  timestamptz NOT NULL,
    instants    integer NOT NULL,
    reason      text NOT NULL,
    CONSTRAINT fire_range_pkey PRIMARY KEY (id),
    CONSTRAINT fire_range_schedule FOREIGN KEY (schedule_id) REFERENCES schedule (id),
    CONSTRAINT fire_range_in_order CHECK (through_at >= from_at),
    CONSTRAINT fire_range_instants_positive CHECK (instants > 0),
    CONSTRAINT fire_range_reason_known CHECK (reason IN ('MISSED', 'SKIPPED'))
);
CREATE INDEX fire_range_by_schedule ON fire_range (schedule_id, from_at);
