-- As the definition says: what is asked every other second of all that runs must not unpack large scripts.
ALTER TABLE job_version
    ADD COLUMN task_type text GENERATED ALWAYS AS (definition #>> '{task,type}') STORED,
    ADD COLUMN timeout_seconds bigint GENERATED ALWAYS AS (CAST(definition ->> 'timeout' AS bigint)) STORED,
    ADD COLUMN warn_after_seconds bigint GENERATED ALWAYS AS (CAST(definition #>> '{rules,warnAfter}' AS bigint)) STORED;
