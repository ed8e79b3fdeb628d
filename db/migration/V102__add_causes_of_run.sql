-- Runs made up for missed instants, and those of a backfill, which have an instant but no schedule.
ALTER TABLE run
    DROP CONSTRAINT run_cause_known,
    ADD CONSTRAINT run_cause_known
        CHECK (cause IN ('SCHEDULE', 'CATCH_UP', 'BACKFILL', 'MANUAL', 'API', 'RERUN', 'CANARY')),
    DROP CONSTRAINT run_schedule_has_instant,
    ADD CONSTRAINT run_schedule_has_instant CHECK (schedule_id IS NULL OR nominal_at IS NOT NULL);
