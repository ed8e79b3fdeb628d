package io.yardmaster.trigger;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.Update;

/** Instants that were to come, and that a change of their calendar would have in the past. */
final class OvertakenInstants {
    /** A column of statements that know the timetable as {@code t}. Primary key. */
    static final String OF_TIMETABLE = """
            ARRAY(SELECT d.nominal_at FROM timetable_overtaken d WHERE d.timetable_id = t.id) AS overtaken""";

    private static final String KEEP = """
            INSERT INTO timetable_overtaken (timetable_id, nominal_at, overtaken_at)
            SELECT timetable_id, nominal_at, :now FROM unnest(:timetables, :nominals) AS d (timetable_id, nominal_at)
            ON CONFLICT DO NOTHING
            """;

    /** Primary key. */
    private static final String COME_BACK = """
            DELETE FROM timetable_overtaken o USING unnest(:timetables, :nominals) AS d (timetable_id, nominal_at)
            WHERE o.timetable_id = d.timetable_id AND o.nominal_at = d.nominal_at
            """;

    /** Indexes {@code schedule_to_fire}, {@code schedule_settled_pkey}. */
    private static final String RECORD = """
            INSERT INTO fire_range (schedule_id, from_at, through_at, instants, reason, detail)
            SELECT s.id, :now, :now, count(*), 'OVERTAKEN', :calendar
            FROM unnest(:timetables, :nominals, :dues) AS d (timetable_id, nominal_at, due_at)
            JOIN schedule s ON s.timetable_id = d.timetable_id AND s.disabled_at IS NULL AND s.archived_at IS NULL
                AND (s.valid_from IS NULL OR d.due_at >= s.valid_from) AND (s.valid_until IS NULL OR d.due_at <= s.valid_until)
            JOIN job j ON j.id = s.job_id AND j.disabled_at IS NULL AND j.archived_at IS NULL
            WHERE (SELECT count(*) FROM schedule_settled h WHERE h.schedule_id = s.id AND h.nominal_at = d.nominal_at) = 0
            GROUP BY s.id
            """;

    private OvertakenInstants() {}

    /** @param calendar its name, for the ledger */
    static void record(Transaction transaction, List<Settled.Due> overtaken, String calendar, Instant now) {
        List<Settled.Instance> instances =
                overtaken.stream().map(Settled.Due::instance).toList();
        keep(transaction, instances, now);
        bound(transaction.sql().createUpdate(RECORD), instances)
                .bind("calendar", calendar)
                .bind("now", now)
                .bindArray(
                        "dues",
                        Instant.class,
                        overtaken.stream().map(Settled.Due::at).toList())
                .execute();
    }

    /** They were never due. */
    static void keep(Transaction transaction, List<Settled.Instance> instances, Instant now) {
        if (!instances.isEmpty()) {
            bound(transaction.sql().createUpdate(KEEP), instances)
                    .bind("now", now)
                    .execute();
        }
    }

    /** They are to come after all. */
    static void comeBack(Transaction transaction, List<Settled.Instance> instances) {
        if (!instances.isEmpty()) {
            bound(transaction.sql().createUpdate(COME_BACK), instances).execute();
        }
    }

    private static Update bound(Update update, List<Settled.Instance> instances) {
        return update.bindNamedArgumentFinder(Columns.of(instances)
                .with("timetables", Long.class, Settled.Instance::timetable)
                .with("nominals", Instant.class, Settled.Instance::nominal));
    }
}
