-- How many runs may wait in it; null for any number.
ALTER TABLE queue
    ADD COLUMN max_waiting integer,
    ADD CONSTRAINT queue_max_waiting_range CHECK (max_waiting BETWEEN 1 AND 1000000);
