-- A condition: named variables, and runs that wait until they are as their jobs say. What they are at first; what they are now stands in
-- lock_state, whose row has no capacity then.
ALTER TABLE lock ADD COLUMN variables jsonb;
ALTER TABLE lock DROP CONSTRAINT lock_kind_known;
ALTER TABLE lock ADD CONSTRAINT lock_kind_known CHECK (kind IN ('MUTEX', 'READ_WRITE', 'SEMAPHORE', 'CONDITION'));
ALTER TABLE lock ADD CONSTRAINT lock_variables_of_condition CHECK ((kind = 'CONDITION') = (variables IS NOT NULL));

-- Settled: the last change called everybody whose predicate holds since; a signal calls one.
ALTER TABLE lock_state ALTER COLUMN capacity DROP NOT NULL;
ALTER TABLE lock_state ADD COLUMN variables jsonb;
ALTER TABLE lock_state ADD COLUMN settled boolean NOT NULL DEFAULT true;
ALTER TABLE lock_state ADD COLUMN changed_at timestamptz;
ALTER TABLE lock_state ADD COLUMN changed_by text;
ALTER TABLE lock_state ADD CONSTRAINT lock_state_one_of CHECK ((capacity IS NULL) = (variables IS NOT NULL));

-- What is waited for at each condition of a claim, where it has no units: [{lock, when, timeout, otherwise}]
ALTER TABLE claim ADD COLUMN waits jsonb NOT NULL DEFAULT '[]';
ALTER TABLE claim ADD COLUMN waits_digest text NOT NULL GENERATED ALWAYS AS (md5(waits::text)) STORED;
ALTER TABLE claim DROP CONSTRAINT claim_once;
ALTER TABLE claim ADD CONSTRAINT claim_once UNIQUE (locks, units, waits_digest);

-- Tickets at conditions take no units; they know their claim, and until when they wait and what then.
ALTER TABLE lock_ticket DROP CONSTRAINT lock_ticket_units;
ALTER TABLE lock_ticket ADD CONSTRAINT lock_ticket_units CHECK (units >= 0);
ALTER TABLE lock_ticket ADD COLUMN claim_id bigint;
ALTER TABLE lock_ticket ADD COLUMN until timestamptz;
ALTER TABLE lock_ticket ADD COLUMN otherwise text;
ALTER TABLE lock_ticket ADD CONSTRAINT lock_ticket_of_condition CHECK ((claim_id IS NOT NULL) = (units = 0));
ALTER TABLE lock_ticket ADD CONSTRAINT lock_ticket_otherwise CHECK (otherwise IN ('FAIL', 'SKIP', 'RUN'));
CREATE INDEX lock_ticket_waiting ON lock_ticket (lock_id, claim_id, key, run_id) WHERE claim_id IS NOT NULL AND refused;
CREATE INDEX lock_ticket_until ON lock_ticket (until) WHERE until IS NOT NULL AND refused;
