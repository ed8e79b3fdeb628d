-- Instants that were due, and dealt with, when a change of the calendar would have had them due once more: they are not due
-- again. Kept as long as the ledger looks back, and as long as a calendar can move anything.
CREATE TABLE timetable_settled (
    timetable_id bigint NOT NULL,
    nominal_at   timestamptz NOT NULL,
    settled_at   timestamptz NOT NULL,
    CONSTRAINT timetable_settled_pkey PRIMARY KEY (timetable_id, nominal_at),
    CONSTRAINT timetable_settled_timetable FOREIGN KEY (timetable_id) REFERENCES timetable (id) ON DELETE CASCADE
);
CREATE INDEX timetable_settled_by_time ON timetable_settled (settled_at);
