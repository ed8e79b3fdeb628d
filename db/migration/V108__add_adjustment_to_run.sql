-- What a clock change did to the run's instant: END_OF_GAP, SHIFTED, FIRST_PASS or SECOND_PASS.
ALTER TABLE run ADD COLUMN adjustment text;
ALTER TABLE run_history ADD COLUMN adjustment text;
