-- Running runs whose end was asked for, for the open poll of their session.
CREATE INDEX run_to_cancel ON run (session_id) WHERE cancel_requested_at IS NOT NULL AND session_id IS NOT NULL;
