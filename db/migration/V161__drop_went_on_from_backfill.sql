-- The end of a backfill is told from how long its runs take, and not from when it went on.
ALTER TABLE backfill DROP COLUMN went_on_at;
