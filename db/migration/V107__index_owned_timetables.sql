-- Delays that wait for the end of a run of their schedule.
CREATE INDEX timetable_by_owner ON timetable (owner_id) WHERE owner_id IS NOT NULL;
