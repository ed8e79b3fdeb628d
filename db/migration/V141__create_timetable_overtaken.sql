-- Instants that were to come when a change of the calendar would have had them in the past: if a later change has them to
-- come again, they come. They were never due.
CREATE TABLE timetable_overtaken (
    timetable_id bigint NOT NULL,
    nominal_at   timestamptz NOT NULL,
    overtaken_at timestamptz NOT NULL,
    CONSTRAINT timetable_overtaken_pkey PRIMARY KEY (timetable_id, nominal_at),
    CONSTRAINT timetable_overtaken_timetable FOREIGN KEY (timetable_id) REFERENCES timetable (id) ON DELETE CASCADE
);
CREATE INDEX timetable_overtaken_by_time ON timetable_overtaken (overtaken_at);
