-- One unfinished run at most for each instant of a backfill, whose id is in caused_by.
CREATE UNIQUE INDEX run_by_backfill ON run (caused_by, nominal_at) WHERE cause = 'BACKFILL';
