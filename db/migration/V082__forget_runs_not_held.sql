-- `not_held` now says of each run that heartbeats lack since when, in milliseconds since 1970, and for how many of them in
-- a row: {"RUN:EPOCH": {"since": 1790000000000, "beats": 3}}. What was noted without the count is counted anew.
UPDATE node_session SET not_held = '{}' WHERE not_held <> '{}';
