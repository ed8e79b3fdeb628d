-- What all the runs that a filter finds are to have.
ALTER TABLE bulk_act
    ADD COLUMN priority smallint,
    ADD CONSTRAINT bulk_act_gives_a_priority CHECK ((act = 'PRIORITY') = (priority IS NOT NULL)),
    ADD CONSTRAINT bulk_act_priority_range CHECK (priority BETWEEN -50 AND 50);
