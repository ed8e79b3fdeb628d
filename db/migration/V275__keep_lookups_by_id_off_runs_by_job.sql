-- While the statistics call the table small, an index scan by the second column looks as cheap as one by the key, and reads
-- it all. Whoever looks up a job fulfils the predicate; whoever looks up an id alone does not.
DROP INDEX run_by_job;
CREATE INDEX run_by_job ON run (job_id, id DESC) WHERE job_id IS NOT NULL;
