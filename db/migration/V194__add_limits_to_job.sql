-- As its definition says: seconds after which a run that has not begun is no longer worth beginning.
ALTER TABLE job
    ADD COLUMN expires_seconds integer GENERATED ALWAYS AS (CAST(definition #>> '{rules,expiresAfter}' AS integer)) STORED;
