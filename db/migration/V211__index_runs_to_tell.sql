-- Runs of which a node is yet to be told something, for the open poll of their session.
DROP INDEX run_to_cancel;
CREATE INDEX run_to_tell ON run (session_id)
    WHERE session_id IS NOT NULL AND (cancel_requested_at IS NOT NULL OR pause_sequence <> pause_confirmed);
