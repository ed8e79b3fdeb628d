-- The end of the schedule's validity, as it stood in this stretch.
ALTER TABLE schedule_stretch ADD COLUMN until_at timestamptz;
