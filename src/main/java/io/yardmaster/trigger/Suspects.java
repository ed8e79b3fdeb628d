package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Finds the rows of Quartz that keep an alarm from ringing. */
final class Suspects {
    private static final int MOST = 200;

    /**
     * Indexes {@code qrtz_triggers_to_acquire} and Quartz's primary keys. A trigger is late only if it is so by the
     * database's clock and by this server's: Quartz goes by the latter, and one that is behind rings late by right.
     */
    private static final String WEDGED = """
            SELECT q.trigger_name, q.trigger_state, q.next_fire_time, w.wedge, NULL AS holder
            FROM quartz.qrtz_triggers q
            CROSS JOIN LATERAL (SELECT CASE
                WHEN q.trigger_state IN ('ERROR', 'PAUSED', 'PAUSED_BLOCKED', 'COMPLETE') THEN 'STOPPED'
                WHEN q.trigger_state = 'BLOCKED' THEN 'ORPHANED'
                WHEN q.trigger_state = 'ACQUIRED' AND NOT EXISTS (
                    SELECT FROM quartz.qrtz_fired_triggers f
                    WHERE f.sched_name = q.sched_name AND f.trigger_name = q.trigger_name
                        AND f.trigger_group = q.trigger_group AND f.instance_name = ANY (:living)) THEN 'ORPHANED'
                WHEN NOT EXISTS (
                    SELECT FROM quartz.qrtz_simprop_triggers p
                    WHERE p.sched_name = q.sched_name AND p.trigger_name = q.trigger_name
                        AND p.trigger_group = q.trigger_group) THEN 'BROKEN'
                WHEN q.next_fire_time < :late THEN 'LATE' END AS wedge) w
            WHERE q.sched_name = :name AND q.trigger_group = :group AND w.wedge IS NOT NULL
                AND (CAST(:only AS text) IS NULL OR q.trigger_name = :only)
            ORDER BY q.next_fire_time, q.trigger_name LIMIT :most
            """;

    private static final String LEFT = """
            SELECT f.trigger_name, f.state AS trigger_state, NULL::bigint AS next_fire_time, 'LEFT' AS wedge,
                   f.entry_id AS holder
            FROM quartz.qrtz_fired_triggers f
            WHERE f.sched_name = :name AND f.instance_name <> ALL (:living)
            ORDER BY f.entry_id LIMIT :most
            """;

    private static final String LATE = """
            SELECT least((extract(epoch FROM clock_timestamp()) * 1000)::bigint, :mine) - 60000
            """;

    private final InstantSource clock;

    /** @param clock this server's, which its Quartz goes by */
    Suspects(InstantSource clock) {
        this.clock = clock;
    }

    /** Of each alarm one at most, and what dead servers left of others. */
    List<Suspect> find(Transaction transaction, List<String> living) {
        List<Suspect> found = new ArrayList<>(wedged(transaction, living, null));
        List<String> wedged = found.stream().map(Suspect::alarm).toList();
        bound(transaction.sql().createQuery(LEFT), living).map(Suspects::suspect).list().stream()
                .filter(left -> !wedged.contains(left.alarm()))
                .forEach(found::add);
        return found;
    }

    /** Whether it is as it was. */
    boolean isStill(Transaction transaction, List<String> living, Suspect suspect) {
        return wedged(transaction, living, suspect.alarm()).contains(suspect);
    }

    private List<Suspect> wedged(Transaction transaction, List<String> living, String only) {
        long late = transaction
                .sql()
                .createQuery(LATE)
                .bind("mine", clock.millis())
                .mapTo(Long.class)
                .one();
        return bound(transaction.sql().createQuery(WEDGED), living)
                .bind("group", Alarms.GROUP)
                .bind("late", late)
                .bind("only", only)
                .map(Suspects::suspect)
                .list();
    }

    private static Query bound(Query query, List<String> living) {
        return query.bind("name", QuartzScheduler.NAME)
                .bindArray("living", String.class, living.toArray())
                .bind("most", MOST);
    }

    private static Suspect suspect(ResultSet row, StatementContext context) throws SQLException {
        return new Suspect(
                Wedge.valueOf(row.getString("wedge")),
                row.getString("trigger_name"),
                row.getString("trigger_state"),
                row.getObject("next_fire_time", Long.class),
                row.getString("holder"));
    }
}
