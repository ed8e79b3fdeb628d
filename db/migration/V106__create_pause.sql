-- What is paused: one schedule, one job's, one namespace's, or all. The subject is the schedule's or job's id or the namespace.
CREATE TABLE pause (
    id         bigint NOT NULL DEFAULT next_id(),
    scope      text NOT NULL,
    subject    text NOT NULL,
    paused_at  timestamptz NOT NULL,
    paused_by  text NOT NULL,
    reason     text,
    CONSTRAINT pause_pkey PRIMARY KEY (id),
    CONSTRAINT pause_scope_known CHECK (scope IN ('SYSTEM', 'NAMESPACE', 'JOB', 'SCHEDULE')),
    CONSTRAINT pause_subject_of_scope CHECK ((scope = 'SYSTEM') = (subject = '')),
    CONSTRAINT pause_reason_length CHECK (length(reason) <= 500)
);
CREATE UNIQUE INDEX pause_by_subject ON pause (scope, subject);

-- Instants after paused_from wait for somebody to say what becomes of them; resume_with says it, until it is done.
ALTER TABLE schedule
    ADD COLUMN paused_from timestamptz,
    ADD COLUMN resume_with text,
    ADD CONSTRAINT schedule_resume_known CHECK (resume_with IN ('SKIP', 'LATEST', 'ALL', 'POLICY')),
    ADD CONSTRAINT schedule_resume_ends_pause CHECK (resume_with IS NULL OR paused_from IS NOT NULL);
CREATE INDEX schedule_to_resume ON schedule (id) WHERE resume_with IS NOT NULL;
