-- the id too, so that a part of a timetable's schedules is found in order
DROP INDEX schedule_to_fire;
CREATE INDEX schedule_to_fire ON schedule (timetable_id, id) WHERE disabled_at IS NULL AND archived_at IS NULL;
