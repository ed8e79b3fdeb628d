package io.yardmaster.lock;

import io.yardmaster.database.Transaction;
import io.yardmaster.lock.LockForecast.Use;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells which locks a run waits for, and behind whom. Reads only. */
public final class LockWaits {
    private static final int MOST = 1_000;

    /** Index {@code lock_ticket_by_run}. */
    private static final String REFUSED = """
            SELECT l.id, l.namespace || '/' || l.name AS name, s.capacity, t.key, t.units
            FROM lock_ticket t JOIN lock l ON l.id = t.lock_id JOIN lock_state s ON s.lock_id = l.id
            WHERE t.run_id = :run AND t.refused AND t.claim_id IS NULL ORDER BY l.id
            """;

    /** Index {@code lock_ticket_by_run}. */
    private static final String CONDITIONS = """
            SELECT l.namespace || '/' || l.name AS name,
                   (SELECT w ->> 'when' FROM jsonb_array_elements(c.waits) w WHERE (w ->> 'lock')::bigint = l.id) AS predicate
            FROM lock_ticket t JOIN lock l ON l.id = t.lock_id JOIN claim c ON c.id = t.claim_id
            WHERE t.run_id = :run AND t.refused ORDER BY l.id
            """;

    /** Index {@code lock_hold_pkey}. */
    private static final String HOLDERS = """
            SELECT h.run_id, h.units, greatest(0, r.predicted_seconds - extract(epoch FROM clock_timestamp() - h.since)) AS seconds
            FROM lock_hold h JOIN run r ON r.id = h.run_id WHERE h.lock_id = :lock ORDER BY h.token LIMIT :most
            """;

    /** Index {@code lock_ticket_line}. */
    private static final String BEFORE = """
            SELECT t.run_id, t.units, r.predicted_seconds AS seconds
            FROM lock_ticket t JOIN run r ON r.id = t.run_id
            WHERE t.lock_id = :lock AND t.live AND (t.key, t.run_id) < (:key, :run) ORDER BY t.key, t.run_id LIMIT :most
            """;

    private LockWaits() {}

    /**
     * A lock that does not grant what a run needs.
     *
     * @param name as {@code namespace/name}
     * @param holders how many have it, and {@code before} how many wait for it before the run: at most 1,000 each
     * @param holder the run that has it for the longest; null if nobody has it
     * @param seconds until the run will probably have it; infinite if nobody knows
     */
    public record LockWait(String name, int holders, Long holder, int before, double seconds) {}

    /**
     * A condition that a run waits for.
     *
     * @param name as {@code namespace/name}
     * @param when what its variables must be like; null for a signal
     */
    public record ConditionWait(String name, String when) {}

    private record Refused(long lock, String name, int capacity, long key, int units) {}

    private record User(long run, Use use) {
        static User read(ResultSet row) throws SQLException {
            double seconds = Optional.ofNullable(row.getObject("seconds"))
                    .map(known -> ((Number) known).doubleValue())
                    .orElse(Double.POSITIVE_INFINITY);
            return new User(row.getLong("run_id"), new Use(row.getInt("units"), seconds));
        }
    }

    /** Those that {@code run} waits for. */
    public static List<LockWait> of(Transaction transaction, long run) {
        return transaction
                .sql()
                .createQuery(REFUSED)
                .bind("run", run)
                .map((row, context) -> new Refused(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getInt("capacity"),
                        row.getLong("key"),
                        row.getInt("units")))
                .list()
                .stream()
                .map(refused -> wait(transaction, run, refused))
                .toList();
    }

    /** The conditions that {@code run} waits for. */
    public static List<ConditionWait> conditions(Transaction transaction, long run) {
        return transaction
                .sql()
                .createQuery(CONDITIONS)
                .bind("run", run)
                .map((row, context) -> new ConditionWait(row.getString("name"), row.getString("predicate")))
                .list();
    }

    private static LockWait wait(Transaction transaction, long run, Refused refused) {
        List<User> holders = transaction
                .sql()
                .createQuery(HOLDERS)
                .bind("lock", refused.lock())
                .bind("most", MOST)
                .map((row, context) -> User.read(row))
                .list();
        List<User> before = transaction
                .sql()
                .createQuery(BEFORE)
                .bind("lock", refused.lock())
                .bind("key", refused.key())
                .bind("run", run)
                .bind("most", MOST)
                .map((row, context) -> User.read(row))
                .list();
        List<Use> line = new ArrayList<>(before.stream().map(User::use).toList());
        line.add(new Use(refused.units(), 0));
        List<Double> starts = LockForecast.of(
                refused.capacity(), holders.stream().map(User::use).toList(), line);
        boolean all = holders.size() < MOST && before.size() < MOST;
        return new LockWait(
                refused.name(),
                holders.size(),
                holders.isEmpty() ? null : holders.get(0).run(),
                before.size(),
                all ? starts.get(starts.size() - 1) : Double.POSITIVE_INFINITY);
    }
}
