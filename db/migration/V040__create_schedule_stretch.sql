-- When a schedule was on, and by which timetable: (from_at, through_at], open while it is on. What the ledger expects is
-- computed from here, so that it stays right when the schedule is changed later.
CREATE TABLE schedule_stretch (
    schedule_id  bigint NOT NULL,
    timetable_id bigint NOT NULL,
    from_at      timestamptz NOT NULL,
    through_at   timestamptz,
    CONSTRAINT schedule_stretch_pkey PRIMARY KEY (schedule_id, from_at),
    CONSTRAINT schedule_stretch_schedule FOREIGN KEY (schedule_id) REFERENCES schedule (id),
    CONSTRAINT schedule_stretch_timetable FOREIGN KEY (timetable_id) REFERENCES timetable (id),
    CONSTRAINT schedule_stretch_in_order CHECK (through_at >= from_at)
);
CREATE UNIQUE INDEX schedule_stretch_open ON schedule_stretch (schedule_id) WHERE through_at IS NULL;
