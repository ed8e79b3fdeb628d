package io.yardmaster.trigger;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.List;

/**
 * An instant that made runs.
 *
 * @param due when it was due
 */
record Fired(long timetable, Instant nominal, Instant due, int runs) {
    /**
     * Its key refuses a second fire of the same instant, but where a calendar has it due once more for those who had not followed
     * it the first time. Instants that made no run leave no row.
     */
    private static final String RECORD = """
            INSERT INTO fire AS f (timetable_id, nominal_at, due_at, fired_at, runs)
            SELECT timetable_id, nominal_at, nullif(due_at, nominal_at), clock_timestamp(), runs
            FROM unnest(:timetables, :nominals, :dues, :runs) AS f (timetable_id, nominal_at, due_at, runs) WHERE runs > 0
            ON CONFLICT (timetable_id, nominal_at) DO UPDATE SET runs = f.runs + excluded.runs
            WHERE f.due_at IS DISTINCT FROM excluded.due_at
            """;

    static void record(Transaction transaction, List<Fired> fired) {
        int stored = transaction
                .sql()
                .createUpdate(RECORD)
                .bindNamedArgumentFinder(Columns.of(fired)
                        .with("timetables", Long.class, Fired::timetable)
                        .with("nominals", Instant.class, Fired::nominal)
                        .with("dues", Instant.class, Fired::due)
                        .with("runs", Integer.class, Fired::runs))
                .execute();
        long making = fired.stream().filter(one -> one.runs > 0).count();
        if (stored != making) {
            throw new IllegalStateException(stored + " of " + making + " fires were stored: one would be a second one");
        }
    }
}
