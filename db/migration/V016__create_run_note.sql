-- What was said of a run and changed nothing: a late report of a superseded epoch, say.
CREATE TABLE run_note (
    id     bigint NOT NULL DEFAULT next_id(),
    run_id bigint NOT NULL,
    at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    epoch  bigint,
    text   text NOT NULL,
    CONSTRAINT run_note_pkey PRIMARY KEY (run_id, id),
    CONSTRAINT run_note_text_length CHECK (length(text) <= 2000)
) PARTITION BY RANGE (run_id);
