-- Whether it was ended since the account that asked for it may no longer operate where it was to.
ALTER TABLE bulk_act
    ADD COLUMN refused boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT bulk_act_refused_when_ended CHECK (NOT refused OR ended_at IS NOT NULL);
