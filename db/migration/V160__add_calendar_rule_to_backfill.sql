-- By which rule of its calendar a backfill went. Unknown for those made before it was kept.
ALTER TABLE backfill ADD COLUMN calendar_rule text,
    ADD CONSTRAINT backfill_calendar_rule_known CHECK (calendar_rule IN ('SKIP', 'PREVIOUS', 'NEXT')),
    ADD CONSTRAINT backfill_calendar_rule_of_calendar CHECK (calendar_rule IS NULL OR calendar IS NOT NULL);
