package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import io.yardmaster.node.Labels;
import io.yardmaster.node.NodeLoad;
import io.yardmaster.node.NodeTerms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Knows which nodes may be given runs: connected, heard of within the last half of a lease, not stopping, no offer lapsed
 * since their last heartbeat, and neither revoked nor taken out of service. Slots in use are counted from the runs' rows,
 * never kept in a counter.
 */
final class Candidates {
    /** Index {@code node_session_live}. */
    static final String LOCK = "SELECT id FROM node_session WHERE state = 'LIVE' ORDER BY id FOR NO KEY UPDATE";

    /** Indexes {@code node_session_live}, {@code run_on_session}. */
    static final String STANDING = """
            SELECT s.id, s.node_id, n.name, n.weight, slots_after(least(n.slots, s.slots), n.warm_up_seconds, now - s.started_at)
                       AS slots, used.busy, used.work, n.labels AS node_labels, s.labels AS worker_labels,
                   n.max_cpu, n.max_memory, n.min_disk_free, n.warm_up_seconds,
                   CASE WHEN n.revoked_at IS NOT NULL THEN 'REVOKED'
                        WHEN n.state <> 'ACTIVE' THEN n.state
                        WHEN s.draining THEN 'STOPPING'
                        WHEN s.kept_until > now AND s.kept_for <> CAST(:queue AS bigint) THEN 'KEPT'
                        WHEN s.lapsed_at IS NOT NULL THEN 'LAPSED'
                        WHEN s.lease_until <= now + :half * interval '1 millisecond' THEN 'SILENT' END AS exclusion,
            """ + NodeLoad.COLUMNS + """
            FROM node_session s JOIN node n ON n.id = s.node_id
            CROSS JOIN (SELECT clock_timestamp() AS now) moment
            CROSS JOIN LATERAL session_use(s.id, now, :unknown) AS used
            WHERE s.state = 'LIVE' ORDER BY s.node_id
            """;

    /** Not again at each of many looks in a second. */
    private static final String KEEP = """
            UPDATE node_session SET kept_for = :queue, kept_until = clock_timestamp() + interval '3 s'
            WHERE id = ANY (:sessions) AND (kept_for = :queue AND kept_until > clock_timestamp() + interval '2 s') IS NOT TRUE
            """;

    private final LeaseTimes times;

    Candidates(LeaseTimes times) {
        this.times = times;
    }

    /**
     * Their sessions stay locked, so that two dispatchers cannot share a slot. What is counted is read in a statement of its
     * own: it sees all that was committed before the locks were granted, changes of the nodes among it.
     *
     * @param queue what is kept for others is left out
     */
    Fleet lock(Transaction transaction, long queue) {
        transaction.sql().createQuery(LOCK).mapTo(Long.class).list();
        return look(transaction, queue);
    }

    /** Locking nothing: as it is at this moment, for whichever queue. */
    Fleet look(Transaction transaction) {
        return look(transaction, null);
    }

    /** Likewise for {@code queue}: what is kept for others is left out. */
    Fleet look(Transaction transaction, Long queue) {
        List<Candidate> candidates = new ArrayList<>();
        List<Fleet.LeftOut> leftOut = new ArrayList<>();
        transaction
                .sql()
                .createQuery(STANDING)
                .bindByType("queue", queue, Long.class)
                .bind("half", half())
                .bind("unknown", ReadyRun.UNKNOWN_SECONDS)
                .map((row, context) -> {
                    Exclusion exclusion = exclusion(row);
                    return exclusion == null
                            ? candidates.add(candidate(row))
                            : leftOut.add(new Fleet.LeftOut(candidate(row), exclusion));
                })
                .list();
        return new Fleet(candidates, leftOut);
    }

    /**
     * Keeps what is free of {@code sessions}, which are locked, from other queues for the time between two looks. Index
     * {@code node_session_pkey}.
     */
    static void keep(Transaction transaction, long queue, Set<Long> sessions) {
        if (!sessions.isEmpty()) {
            transaction
                    .sql()
                    .createUpdate(KEEP)
                    .bind("queue", queue)
                    .bindArray("sessions", Long.class, List.copyOf(sessions))
                    .execute();
        }
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(
                row.getLong("id"),
                row.getLong("node_id"),
                row.getInt("weight"),
                new Candidate.Room(row.getInt("slots"), row.getInt("busy"), row.getDouble("work")),
                NodeLoad.read(row),
                Labels.of(row.getString("name"), texts(row, "node_labels"), texts(row, "worker_labels")));
    }

    private static Exclusion exclusion(ResultSet row) throws SQLException {
        String said = row.getString("exclusion");
        if (said != null) {
            return Exclusion.valueOf(said);
        }
        NodeTerms.Resource exceeded = NodeTerms.read(row).exceededBy(NodeLoad.read(row));
        return exceeded == null ? null : Exclusion.valueOf(exceeded.name());
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /** Without locks: how much there is to hand out, roughly. */
    int free(Transaction transaction) {
        return look(transaction).free();
    }

    private long half() {
        return times.lease().toMillis() / 2;
    }
}
