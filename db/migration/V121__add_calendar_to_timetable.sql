-- A calendar and what becomes of instants on days that do not work are part of what a timetable is.
ALTER TABLE timetable
    ADD COLUMN calendar_id bigint,
    ADD COLUMN calendar_rule text,
    ADD CONSTRAINT timetable_calendar FOREIGN KEY (calendar_id) REFERENCES business_calendar (id),
    ADD CONSTRAINT timetable_calendar_rule_known CHECK (calendar_rule IN ('SKIP', 'PREVIOUS', 'NEXT')),
    ADD CONSTRAINT timetable_calendar_has_rule CHECK ((calendar_id IS NULL) = (calendar_rule IS NULL));
DROP INDEX timetable_by_when;
CREATE UNIQUE INDEX timetable_by_when ON timetable
    (kind, expression, zone, coalesce(gap, ''), coalesce(overlap, ''), coalesce(owner_id, 0),
     coalesce(calendar_id, 0), coalesce(calendar_rule, ''));
CREATE INDEX timetable_by_calendar ON timetable (calendar_id) WHERE calendar_id IS NOT NULL;
