-- Runs made up for instants long past: the ledger cannot find them by when they were made. There are few.
CREATE INDEX run_history_made_up ON run_history (schedule_id, nominal_at) WHERE cause = 'CATCH_UP';
