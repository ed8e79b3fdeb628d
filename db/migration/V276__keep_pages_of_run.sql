-- Vacuum gives no page of runs back to the system. A session keeps the plans of its statements; one made just after a drained
-- table had shrunk to nothing reads it from end to end for each run that it looks for, and goes on so while the table grows
-- again: 25 ms instead of 3 for every batch of offers and of acceptances, half of every minute. The pages are used again at
-- once, and shrinking takes a lock under which nobody reads or writes runs.
ALTER TABLE run SET (vacuum_truncate = false);
