-- What runs need of their nodes: few distinct ones, never changed. Need 0 is that of nothing special.
CREATE TABLE need (
    id     bigint NOT NULL DEFAULT next_id(),
    slots  integer NOT NULL,
    must   text[] NOT NULL,
    prefer text[] NOT NULL,
    avoid  text[] NOT NULL,
    CONSTRAINT need_pkey PRIMARY KEY (id),
    CONSTRAINT need_once UNIQUE (slots, must, prefer, avoid),
    CONSTRAINT need_slots_range CHECK (slots BETWEEN 1 AND 10000)
);
INSERT INTO need (id, slots, must, prefer, avoid) VALUES (0, 1, '{}', '{}', '{}');

-- `run.slots` is what the run takes while it is on a node.
ALTER TABLE job ADD COLUMN need_id bigint NOT NULL DEFAULT 0 CONSTRAINT job_need REFERENCES need (id);
ALTER TABLE job_version ADD COLUMN need_id bigint NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN need_id bigint NOT NULL DEFAULT 0, ADD COLUMN slots integer NOT NULL DEFAULT 1;
