-- Which asking of a worker a session answers: asked again, because the answer was lost, it gets the same one. Null from
-- workers of earlier versions.
ALTER TABLE node_session ADD COLUMN registration uuid;
