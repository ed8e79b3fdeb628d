package io.yardmaster.node;

import io.yardmaster.database.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The rows of {@code node_session}. Every change says {@code state = 'LIVE'}, so that no session ever comes back; what
 * happens to the runs of one that is over is decided elsewhere.
 */
public final class NodeSessions {
    private static final String COLUMNS = """
            SELECT id, node_id, state, started_at, lease_until, ended_at, slots, draining, clock_offset_ms,
                   boot_id, host, address, worker_version, containment, labels FROM node_session
            """;

    /** Index {@code node_session_past}. The last one of each node stays, to be seen. */
    private static final String DELETE_OLD = """
            DELETE FROM node_session WHERE id IN (
                SELECT s.id FROM node_session s
                WHERE s.taken_back_at IS NOT NULL AND s.ended_at < statement_timestamp() - :days * interval '1 day'
                  AND EXISTS (SELECT FROM node_session newer WHERE newer.node_id = s.node_id AND newer.id > s.id)
                ORDER BY s.ended_at LIMIT :limit FOR UPDATE SKIP LOCKED)
            """;

    private static final int DAYS_KEPT = 30;
    private static final int DELETED_AT_ONCE = 1000;

    /**
     * What a heartbeat tells.
     *
     * @param clockMillis the worker's wall clock, milliseconds since 1970
     * @param load JSON object with the fields of {@link NodeLoad}
     */
    public record Beat(boolean draining, long clockMillis, String load) {}

    /** The node's live session, locked. Index {@code node_session_live}. */
    public Optional<NodeSession> lockLive(Transaction transaction, long node) {
        return transaction
                .sql()
                .createQuery(COLUMNS + "WHERE node_id = :node AND state = 'LIVE' FOR NO KEY UPDATE")
                .bind("node", node)
                .map(new NodeSessionMapper())
                .findFirst();
    }

    /** Session {@code id} of {@code node}, in whatever state, locked. */
    public Optional<NodeSession> lock(Transaction transaction, long id, long node) {
        return transaction
                .sql()
                .createQuery(COLUMNS + "WHERE id = :id AND node_id = :node FOR NO KEY UPDATE")
                .bind("id", id)
                .bind("node", node)
                .map(new NodeSessionMapper())
                .findFirst();
    }

    /** As {@link #lock}, but only looked at. */
    public Optional<NodeSession> find(Transaction transaction, long id, long node) {
        return transaction
                .sql()
                .createQuery(COLUMNS + "WHERE id = :id AND node_id = :node")
                .bind("id", id)
                .bind("node", node)
                .map(new NodeSessionMapper())
                .findFirst();
    }

    /**
     * A worker's process that asks for a session.
     *
     * @param registration which asking it is; null if the worker does not say
     * @param lease how long the first lease is
     * @param clockMillis what the worker's wall clock said, milliseconds since 1970
     */
    public record Start(
            long node, UUID registration, int slots, NodeSession.Machine machine, Duration lease, long clockMillis) {}

    /**
     * A new live session.
     *
     * @return its id; empty if the node has a live one already
     */
    public OptionalLong start(Transaction transaction, Start start) {
        // the partial unique index node_session_live lets one of two newcomers in
        return id(transaction, start, """
                INSERT INTO node_session (node_id, registration, slots, started_at, lease_until, boot_id, host,
                                          address, worker_version, containment, labels, clock_offset_ms)
                SELECT :node, CAST(:registration AS uuid), :slots, now, now + :lease * interval '1 millisecond',
                       :bootId, :host, :address, :version, :containment, :labels,
                       :clock - (extract(epoch FROM now) * 1000)::bigint
                FROM (SELECT clock_timestamp() AS now) moment
                ON CONFLICT (node_id) WHERE state = 'LIVE' DO NOTHING
                RETURNING id""");
    }

    /**
     * The live session that the same registration began on the same boot of the same machine, its lease extended. The
     * process may be another one that found the registration unanswered. Index {@code node_session_live}.
     */
    public OptionalLong resume(Transaction transaction, Start start) {
        return id(transaction, start, """
                UPDATE node_session SET
                    lease_until = clock_timestamp() + :lease * interval '1 millisecond', slots = :slots,
                    address = :address, worker_version = :version, containment = :containment,
                    labels = :labels,
                    clock_offset_ms = :clock - (extract(epoch FROM clock_timestamp()) * 1000)::bigint
                WHERE node_id = :node AND state = 'LIVE' AND registration = CAST(:registration AS uuid)
                  AND boot_id = :bootId AND host = :host
                RETURNING id""");
    }

    private static OptionalLong id(Transaction transaction, Start start, String sql) {
        return transaction
                .sql()
                .createQuery(sql)
                .bind("node", start.node())
                .bind("registration", start.registration())
                .bind("slots", start.slots())
                .bind("lease", start.lease().toMillis())
                .bind("clock", start.clockMillis())
                .bind("bootId", start.machine().bootId())
                .bind("host", start.machine().host())
                .bind("address", start.machine().address())
                .bind("version", start.machine().workerVersion())
                .bind("containment", start.machine().containment())
                .bindArray("labels", String.class, start.machine().labels())
                .mapTo(Long.class)
                .findFirst()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** Extends the lease. @return false if the session is not live, for ever */
    public boolean beat(Transaction transaction, long id, long node, Beat beat, Duration lease) {
        return transaction
                        .sql()
                        .createUpdate("""
                                UPDATE node_session SET
                                    lease_until = clock_timestamp() + :lease * interval '1 millisecond',
                                    draining = :draining, lapsed_at = NULL, load = CAST(:load AS jsonb),
                                    clock_offset_ms = :clock - (extract(epoch FROM clock_timestamp()) * 1000)::bigint
                                WHERE id = :id AND node_id = :node AND state = 'LIVE'""")
                        .bind("id", id)
                        .bind("node", node)
                        .bind("lease", lease.toMillis())
                        .bind("draining", beat.draining())
                        .bind("clock", beat.clockMillis())
                        .bind("load", beat.load())
                        .execute()
                == 1;
    }

    /** Deletes some of those that were over 30 days ago, but for the last of each node. @return how many */
    public int deleteOld(Transaction transaction) {
        return transaction
                .sql()
                .createUpdate(DELETE_OLD)
                .bind("days", DAYS_KEPT)
                .bind("limit", DELETED_AT_ONCE)
                .execute();
    }

    /** Ends a live session. @return false if it was over already */
    public boolean end(Transaction transaction, long id) {
        return transaction.sql().createUpdate("""
                                UPDATE node_session SET state = 'ENDED', ended_at = clock_timestamp()
                                WHERE id = :id AND state = 'LIVE'""").bind("id", id).execute() == 1;
    }
}
