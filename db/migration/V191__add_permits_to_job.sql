-- How many runs of the job may be on nodes at a time; null for as many as there are. As its definition says, so that neither
-- the birth of thousands of runs nor their dispatch need unpack it.
ALTER TABLE job
    ADD COLUMN permits integer GENERATED ALWAYS AS (
        CASE WHEN definition #>> '{rules,overlap,policy}' IN ('FORBID', 'QUEUE', 'REPLACE') THEN 1
             ELSE CAST(definition #>> '{rules,overlap,maxParallel}' AS integer) END) STORED,
    ADD CONSTRAINT job_permits_range CHECK (permits BETWEEN 1 AND 100000);
