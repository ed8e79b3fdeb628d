package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.run.EndedRun;
import io.yardmaster.run.RunListener;
import java.util.List;
import java.util.Objects;

/** Makes schedules with a fixed delay due again, by the transaction that ends their last run. */
public final class Delays implements RunListener {
    /**
     * The next instant of delays that are not due, of schedules that are on and have no unfinished run (indexes
     * {@code timetable_by_owner}, {@code run_by_fire}).
     */
    private static final String CHAIN = """
            UPDATE timetable_mark m SET next_due = greatest(m.fired_through + interval '1 microsecond',
                clock_timestamp() + extract(epoch FROM t.expression::interval) * interval '1 second')
            FROM timetable t JOIN schedule s ON s.id = t.owner_id AND s.timetable_id = t.id JOIN job j ON j.id = s.job_id
            WHERE m.timetable_id = t.id AND m.next_due IS NULL
                AND s.disabled_at IS NULL AND s.archived_at IS NULL AND s.paused_from IS NULL
                AND j.disabled_at IS NULL AND j.archived_at IS NULL
                AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp())
                AND NOT EXISTS (SELECT FROM run r WHERE r.schedule_id = s.id)
            """;

    /** Index {@code timetable_by_owner}. */
    private static final String OF_SCHEDULE = CHAIN + " AND t.owner_id = :schedule";

    /** Index {@code timetable_by_owner}. */
    private static final String OF_SCHEDULES = CHAIN + " AND t.owner_id = ANY (:schedules)";

    @Override
    public void ended(Transaction transaction, List<EndedRun> ended) {
        List<Long> schedules = ended.stream()
                .map(EndedRun::schedule)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (!schedules.isEmpty()) {
            transaction
                    .sql()
                    .createUpdate(OF_SCHEDULES)
                    .bindArray("schedules", Long.class, schedules)
                    .execute();
        }
    }

    /** Makes the schedule due if it should be and is not: after a change of it. The caller holds its timetable. */
    static void chain(Transaction transaction, long schedule) {
        transaction.sql().createUpdate(OF_SCHEDULE).bind("schedule", schedule).execute();
    }

    /**
     * Makes due whatever should be and is not: after a pause, or when a job was switched or a run ended otherwise.
     *
     * @return how many were made due
     */
    public static int chain(Transaction transaction) {
        return transaction
                .sql()
                .createUpdate(CHAIN + " AND t.owner_id IS NOT NULL")
                .execute();
    }
}
