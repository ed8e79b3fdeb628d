-- Instants that the schedule had by the timetable of before, when its new one would have had them due once more: as
-- timetable_settled, for this schedule alone.
CREATE TABLE schedule_settled (
    schedule_id bigint NOT NULL,
    nominal_at  timestamptz NOT NULL,
    settled_at  timestamptz NOT NULL,
    CONSTRAINT schedule_settled_pkey PRIMARY KEY (schedule_id, nominal_at),
    CONSTRAINT schedule_settled_schedule FOREIGN KEY (schedule_id) REFERENCES schedule (id) ON DELETE CASCADE
);
CREATE INDEX schedule_settled_by_time ON schedule_settled (settled_at);
