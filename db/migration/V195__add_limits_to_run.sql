-- expires_at: when it ends if it has not begun. end_as: what it ends as when its node obeys, if not CANCELLED. long_since: since
-- when its attempt runs longer than its job lets pass unremarked.
ALTER TABLE run
    ADD COLUMN expires_at timestamptz,
    ADD COLUMN end_as text,
    ADD COLUMN long_since timestamptz,
    ADD CONSTRAINT run_end_as_known CHECK (end_as IS NULL OR end_as = 'TIMED_OUT' AND cancel_requested_at IS NOT NULL);
CREATE INDEX run_to_expire ON run (expires_at)
    WHERE expires_at IS NOT NULL AND state IN ('QUEUED', 'BLOCKED', 'HELD') AND attempt = 0;
