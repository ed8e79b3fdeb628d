-- The queue for one of whose runs, which takes several slots, what is free of the node is kept until then.
ALTER TABLE node_session ADD COLUMN kept_for bigint, ADD COLUMN kept_until timestamptz;
