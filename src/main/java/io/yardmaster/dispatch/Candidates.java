package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Sessions that may be given runs: live, heard of within the last half of a lease, not stopping, no offer lapsed since
 * their last heartbeat, and their node neither revoked nor taken out of service. Slots in use are counted from the
 * runs' rows, never kept in a counter.
 */
final class Candidates {
    private static final String FIT = """
            FROM node_session s JOIN node n ON n.id = s.node_id
            WHERE s.state = 'LIVE' AND NOT s.draining AND s.lapsed_at IS NULL
              AND s.lease_until > clock_timestamp() + :half * interval '1 millisecond'
              AND n.state = 'ACTIVE' AND n.revoked_at IS NULL AND n.archived_at IS NULL
            """;

    /** Index {@code node_session_live}. Locked before slots are counted, so that two dispatchers cannot share one. */
    static final String LOCK = "SELECT s.id, s.node_id, n.weight, least(n.slots, s.slots) AS slots, 0 AS busy " + FIT
            + " ORDER BY s.id FOR NO KEY UPDATE OF s";

    static final String BUSY = """
            SELECT s.id, slots_in_use(s.id, '{ASSIGNED,RUNNING}') AS busy FROM unnest(:sessions) AS s (id)
            """;

    /** Without locks: how much there is to hand out, roughly. */
    private static final String FREE = """
            SELECT coalesce(sum(greatest(0, slots - busy)), 0) FROM (
                SELECT least(n.slots, s.slots) AS slots,
                       slots_in_use(s.id, '{ASSIGNED,RUNNING}') AS busy
            """ + FIT + ") c";

    private static final RowMapper<Candidate> IDLE = (row, context) -> new Candidate(
            row.getLong("id"), row.getLong("node_id"), row.getInt("weight"), row.getInt("slots"), row.getInt("busy"));

    private final LeaseTimes times;

    Candidates(LeaseTimes times) {
        this.times = times;
    }

    List<Candidate> lock(Transaction transaction) {
        List<Candidate> idle = transaction
                .sql()
                .createQuery(LOCK)
                .bind("half", half())
                .map(IDLE)
                .list();
        Map<Long, Integer> busy = busy(transaction, idle);
        return idle.stream()
                .map(one -> new Candidate(
                        one.session(), one.node(), one.weight(), one.slots(), busy.getOrDefault(one.session(), 0)))
                .toList();
    }

    private static Map<Long, Integer> busy(Transaction transaction, List<Candidate> candidates) {
        return transaction
                .sql()
                .createQuery(BUSY)
                .bindArray(
                        "sessions",
                        Long.class,
                        candidates.stream().map(Candidate::session).toList())
                .map((row, context) -> Map.entry(row.getLong("id"), row.getInt("busy")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    int free(Transaction transaction) {
        return transaction
                .sql()
                .createQuery(FREE)
                .bind("half", half())
                .mapTo(Integer.class)
                .one();
    }

    private long half() {
        return times.lease().toMillis() / 2;
    }
}
