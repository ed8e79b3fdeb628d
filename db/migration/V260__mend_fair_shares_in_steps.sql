-- How far the mending of a queue's tags has come, beginning at its head: to the run that would have been next, which all that is
-- mended goes before; null while nothing is. `swept_tag` is where a share's last run before it ends.
ALTER TABLE queue_state
    ADD COLUMN swept_key bigint,
    ADD COLUMN swept_run bigint,
    ADD CONSTRAINT queue_state_swept CHECK ((swept_key IS NULL) = (swept_run IS NULL));
ALTER TABLE fair_share ADD COLUMN swept_tag bigint NOT NULL DEFAULT 0;
