package io.yardmaster.web.health;

import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.List;

/** Reads what servers tell of themselves, and what they repaired. */
final class Servers {
    private static final int REPAIRS = 10;

    /** A few rows: those not seen for a day are forgotten. Servers tell every 5 s. */
    private static final String LIST = """
            SELECT id, name, server_version, started_at, seen_at, clock_offset_ms,
                   seen_at > clock_timestamp() - interval '15 seconds' AS present
            FROM server ORDER BY name, id
            """;

    /** Index {@code audit_entry_of_repairs}. */
    private static final String REPAIRED = """
            SELECT at, subject, detail ->> 'wedge' AS wedge FROM audit_entry
            WHERE action = 'alarm.repair' ORDER BY id DESC LIMIT :limit
            """;

    /**
     * What a watchdog did.
     *
     * @param timetable expression and zone
     */
    public record Repair(Instant at, String timetable, String wedge) {}

    private Servers() {}

    static List<ServerLine> list(Transaction transaction) {
        return transaction
                .sql()
                .createQuery(LIST)
                .map((row, context) -> new ServerLine(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("server_version"),
                        row.getTimestamp("started_at").toInstant(),
                        row.getTimestamp("seen_at").toInstant(),
                        row.getBoolean("present"),
                        row.getLong("clock_offset_ms")))
                .list();
    }

    /** The latest, newest first. */
    static List<Repair> repairs(Transaction transaction) {
        return transaction
                .sql()
                .createQuery(REPAIRED)
                .bind("limit", REPAIRS)
                .map((row, context) -> new Repair(
                        row.getTimestamp("at").toInstant(), row.getString("subject"), row.getString("wedge")))
                .list();
    }
}
