-- Every kind of "when". A delay is never shared: its owner is part of what it is.
ALTER TABLE timetable
    ADD COLUMN owner_id bigint,
    DROP CONSTRAINT timetable_kind_known,
    ADD CONSTRAINT timetable_kind_known CHECK (kind IN ('CRON', 'UNIX_CRON', 'RATE', 'DATES', 'DELAY', 'ONCE')),
    ADD CONSTRAINT timetable_delay_has_owner CHECK ((kind = 'DELAY') = (owner_id IS NOT NULL));
DROP INDEX timetable_by_when;
CREATE UNIQUE INDEX timetable_by_when ON timetable
    (kind, expression, zone, coalesce(gap, ''), coalesce(overlap, ''), coalesce(owner_id, 0));
