-- for the deletion of what is long over
CREATE INDEX node_session_past ON node_session (ended_at) WHERE taken_back_at IS NOT NULL;
