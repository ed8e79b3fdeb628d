-- An instant that so many schedules wait for that it is fired in parts: how far it has come. The row goes with the last part.
CREATE TABLE fire_part (
    timetable_id     bigint NOT NULL,
    nominal_at       timestamptz NOT NULL,
    through_schedule bigint NOT NULL,
    runs             integer NOT NULL,
    CONSTRAINT fire_part_pkey PRIMARY KEY (timetable_id),
    CONSTRAINT fire_part_timetable FOREIGN KEY (timetable_id) REFERENCES timetable (id),
    CONSTRAINT fire_part_runs_not_negative CHECK (runs >= 0)
);
