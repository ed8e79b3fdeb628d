-- A distinct "when". Schedules that share one are fired by one statement.
CREATE TABLE timetable (
    id         bigint NOT NULL DEFAULT next_id(),
    kind       text NOT NULL,
    expression text NOT NULL,
    zone       text NOT NULL,
    gap        text,
    overlap    text,
    CONSTRAINT timetable_pkey PRIMARY KEY (id),
    CONSTRAINT timetable_kind_known CHECK (kind IN ('CRON')),
    CONSTRAINT timetable_expression_length CHECK (length(expression) BETWEEN 1 AND 500),
    CONSTRAINT timetable_gap_known CHECK (gap IN ('END_OF_GAP', 'SHIFT', 'SKIP')),
    CONSTRAINT timetable_overlap_known CHECK (overlap IN ('FIRST', 'SECOND', 'BOTH'))
);
CREATE UNIQUE INDEX timetable_by_when ON timetable (kind, expression, zone, coalesce(gap, ''), coalesce(overlap, ''));

-- hot: how far the timetable has been fired. `fired_through` never decreases.
CREATE TABLE timetable_mark (
    timetable_id  bigint NOT NULL,
    fired_through timestamptz NOT NULL,
    next_due      timestamptz,
    CONSTRAINT timetable_mark_pkey PRIMARY KEY (timetable_id),
    CONSTRAINT timetable_mark_timetable FOREIGN KEY (timetable_id) REFERENCES timetable (id),
    CONSTRAINT timetable_mark_next_after_fired CHECK (next_due > fired_through)
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX timetable_mark_by_next_due ON timetable_mark (next_due) WHERE next_due IS NOT NULL;
