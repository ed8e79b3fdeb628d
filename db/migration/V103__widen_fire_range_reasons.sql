-- Why instants made no run: MISSED (too late, and the schedule skips those), SUPERSEDED (too late, and only the latest is made
-- up), EXCLUDED (beyond count or age of what is made up), SKIPPED (by the calendar named in detail), PAUSED (let go at resume).
ALTER TABLE fire_range
    ADD COLUMN detail text,
    DROP CONSTRAINT fire_range_reason_known,
    ADD CONSTRAINT fire_range_reason_known
        CHECK (reason IN ('MISSED', 'SUPERSEDED', 'EXCLUDED', 'SKIPPED', 'PAUSED'));
