-- what somebody who does little has done would else be looked for in all that others did
CREATE INDEX audit_entry_by_actor ON audit_entry (actor, id DESC);
