-- What the end of a job's run does to conditions, as the job says now.
CREATE TABLE job_signal (
    job_id bigint NOT NULL REFERENCES job,
    place smallint NOT NULL,
    lock_id bigint NOT NULL REFERENCES lock,
    on_end text NOT NULL CONSTRAINT job_signal_on_end CHECK (on_end IN ('SUCCESS', 'FAILURE', 'ANY')),
    act text NOT NULL CONSTRAINT job_signal_act CHECK (act IN ('SET', 'RESET', 'SIGNAL', 'BROADCAST')),
    variables jsonb NOT NULL,
    PRIMARY KEY (job_id, place)
);
CREATE INDEX job_signal_by_lock ON job_signal (lock_id);

-- What ends of runs did to conditions, until it is applied in this order: written with the end, so that none is lost, and applied by
-- itself, since a condition's row comes before those that an end has by then.
CREATE TABLE condition_signal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    lock_id bigint NOT NULL REFERENCES lock,
    run_id bigint NOT NULL,
    act text NOT NULL,
    variables jsonb NOT NULL
);
CREATE INDEX condition_signal_by_lock ON condition_signal (lock_id, id);
