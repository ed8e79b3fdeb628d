-- As the definition says, so that the birth of thousands of runs need not unpack a large one for each.
ALTER TABLE job
    ADD COLUMN priority smallint NOT NULL GENERATED ALWAYS AS (coalesce(CAST(definition -> 'rules' ->> 'priority' AS smallint), 0)) STORED,
    ADD COLUMN deadline_seconds integer GENERATED ALWAYS AS (CAST(definition -> 'rules' ->> 'deadline' AS integer)) STORED,
    ADD CONSTRAINT job_priority_range CHECK (priority BETWEEN -50 AND 50),
    ADD CONSTRAINT job_deadline_range CHECK (deadline_seconds BETWEEN 0 AND 31536000);
