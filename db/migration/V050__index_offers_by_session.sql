-- What open polls look for, many times a second, and what the sweep for lapsed offers reads whole: few rows at any time.
DROP INDEX run_not_accepted;
CREATE INDEX run_offered ON run (session_id, offered_at) WHERE state = 'ASSIGNED';
