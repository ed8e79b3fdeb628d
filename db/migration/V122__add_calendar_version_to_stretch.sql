-- Which version of the timetable's calendar held in this stretch; null where the timetable has none.
ALTER TABLE schedule_stretch ADD COLUMN calendar_version integer;
