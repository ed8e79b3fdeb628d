-- OVERTAKEN: a change of the calendar named in detail would have them in the past, and they had not had their runs.
ALTER TABLE fire_range
    DROP CONSTRAINT fire_range_reason_known,
    ADD CONSTRAINT fire_range_reason_known
        CHECK (reason IN ('MISSED', 'SUPERSEDED', 'EXCLUDED', 'SKIPPED', 'PAUSED', 'OVERTAKEN'));
