package io.yardmaster.lock;

import io.yardmaster.database.Transaction;
import io.yardmaster.lock.LockLine.Place;
import io.yardmaster.lock.LockLine.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Locks rows of locks, and reads who has and who wants how much of them. */
final class LockLines {
    /** Index {@code lock_state_pkey}. */
    private static final String LOCK =
            "SELECT lock_id FROM lock_state WHERE lock_id = ANY (:locks) ORDER BY lock_id FOR UPDATE";

    private static final String LOCK_WHAT_IS_FREE = LOCK + " SKIP LOCKED";

    /**
     * As many tickets as may matter, each has a unit at least (indexes {@code lock_state_pkey}, {@code lock_hold_pkey},
     * {@code lock_ticket_line}). A statement of its own, which sees what was there when the row was locked.
     */
    static final String READ = """
            SELECT s.lock_id, s.capacity, s.token, h.held, t.run_id, t.key, t.units, t.refused
            FROM unnest(:locks) AS l (id) CROSS JOIN LATERAL (
                SELECT lock_id, capacity, token FROM lock_state WHERE lock_id = l.id AND capacity IS NOT NULL LIMIT 1) s
            CROSS JOIN LATERAL (SELECT coalesce(sum(units), 0) AS held FROM lock_hold WHERE lock_id = s.lock_id) h
            LEFT JOIN LATERAL (
                SELECT run_id, key, units, refused FROM lock_ticket WHERE lock_id = s.lock_id AND live
                ORDER BY key, run_id LIMIT greatest(least(s.capacity - h.held, :most), 0)) t ON true
            ORDER BY s.lock_id, t.key, t.run_id
            """;

    /** Index {@code lock_ticket_line}. */
    static final String READ_ON = """
            SELECT run_id, key, units, refused FROM lock_ticket
            WHERE lock_id = :lock AND live AND (key, run_id) > (:key, :run)
            ORDER BY key, run_id LIMIT :most
            """;

    private static final int AT_ONCE = 500;

    private LockLines() {}

    /** @param token the last that was given out */
    record Held(LockLine line, long token) {}

    /** Where the reading of a line stands. */
    private static final class Reading {
        private final Held held;
        private Place last;
        private int read;

        Reading(Held held) {
            this.held = held;
        }

        void add(ResultSet row) throws SQLException {
            last = new Place(row.getLong("key"), row.getLong("run_id"));
            held.line().add(last, new Ticket(row.getInt("units"), row.getBoolean("refused")));
            read++;
        }
    }

    /** By lock; all of {@code locks} but conditions, which are waited for in ascending order. */
    static Map<Long, Held> lock(Transaction transaction, Collection<Long> locks) {
        return read(transaction, select(transaction, LOCK, locks));
    }

    /** @return those that nobody else had */
    static List<Long> lockWhatIsFree(Transaction transaction, Collection<Long> locks) {
        return select(transaction, LOCK_WHAT_IS_FREE, locks);
    }

    /** By lock, of {@code locks} whose rows the caller has; without conditions. */
    static Map<Long, Held> read(Transaction transaction, List<Long> locks) {
        Map<Long, Reading> readings = new TreeMap<>();
        transaction
                .sql()
                .createQuery(READ)
                .bindArray("locks", Long.class, locks)
                .bind("most", AT_ONCE)
                .map((row, context) -> add(readings, row))
                .list();
        Map<Long, Held> lines = new TreeMap<>();
        readings.forEach((lock, reading) -> {
            readOn(transaction, lock, reading);
            lines.put(lock, reading.held);
        });
        return lines;
    }

    private static Reading add(Map<Long, Reading> readings, ResultSet row) throws SQLException {
        Reading reading = readings.get(row.getLong("lock_id"));
        if (reading == null) {
            LockLine line = new LockLine(row.getInt("capacity"), row.getLong("held"));
            reading = new Reading(new Held(line, row.getLong("token")));
            readings.put(row.getLong("lock_id"), reading);
        }
        if (row.getObject("run_id") != null) {
            reading.add(row);
        }
        return reading;
    }

    /** Many who want little, as readers: what stands behind them may be granted too. */
    private static void readOn(Transaction transaction, long lock, Reading reading) {
        while (reading.read == AT_ONCE && !reading.held.line().isFull()) {
            reading.read = 0;
            transaction
                    .sql()
                    .createQuery(READ_ON)
                    .bind("lock", lock)
                    .bind("key", reading.last.key())
                    .bind("run", reading.last.run())
                    .bind("most", AT_ONCE)
                    .map((row, context) -> {
                        reading.add(row);
                        return reading;
                    })
                    .list();
        }
    }

    private static List<Long> select(Transaction transaction, String sql, Collection<Long> locks) {
        return transaction
                .sql()
                .createQuery(sql)
                .bindArray("locks", Long.class, locks)
                .mapTo(Long.class)
                .list();
    }
}
