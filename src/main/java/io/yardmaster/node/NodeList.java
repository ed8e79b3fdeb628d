package io.yardmaster.node;

import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads nodes with their latest session and load. */
public final class NodeList {
    /** One more than any page shows: the row that tells whether there is a next one. */
    private static final int LARGEST_PAGE = 501;

    /** Indexes {@code node_by_name}, {@code node_session_by_node}, {@code run_on_session}. */
    private static final String LISTED = """
            SELECT n.id AS listed_id, n.name, n.description, n.state AS node_state, n.slots AS node_slots,
                   n.labels AS node_labels, n.max_cpu, n.max_memory, n.min_disk_free, n.warm_up_seconds,
                   slots_after(least(n.slots, coalesce(s.slots, n.slots)), n.warm_up_seconds,
                               clock_timestamp() - s.started_at) AS usable_slots, n.weight,
                   n.revoked_at IS NOT NULL AS revoked, n.version, s.*,
            """ + NodeLoad.COLUMNS + """
                   , (SELECT coalesce(sum(r.slots), 0) FROM run r
                    WHERE r.session_id = s.id AND r.state IN ('ASSIGNED', 'RUNNING')) AS busy
                   , CASE WHEN n.state <> 'ACTIVE' OR s.draining THEN (
                       SELECT CASE WHEN bool_and(r.predicted_seconds IS NOT NULL) THEN max(greatest(clock_timestamp(),
                           coalesce(r.started_at, clock_timestamp()) + r.predicted_seconds * interval '1 second')) END
                       FROM run r WHERE r.session_id = s.id AND s.state = 'LIVE') END AS empty_by
            FROM node n
            LEFT JOIN LATERAL (
                SELECT * FROM node_session l WHERE l.node_id = n.id ORDER BY l.id DESC LIMIT 1) s ON true
            WHERE n.archived_at IS NULL
            """;

    /**
     * Nodes by name.
     *
     * @param after name of the last node of the page before; empty for the first page
     * @param limit 1 to 501
     */
    public List<ListedNode> page(Transaction transaction, String after, int limit) {
        return transaction
                .sql()
                .createQuery(LISTED + "AND n.name > :after ORDER BY n.name LIMIT :limit")
                .bind("after", after)
                .bind("limit", Math.max(1, Math.min(limit, LARGEST_PAGE)))
                .map(new Mapper())
                .list();
    }

    public Optional<ListedNode> find(Transaction transaction, long id) {
        return transaction
                .sql()
                .createQuery(LISTED + "AND n.id = :id")
                .bind("id", id)
                .map(new Mapper())
                .findFirst();
    }

    /**
     * The lives of a node's worker, newest first. Index {@code node_session_by_node}.
     *
     * @param limit 1 to 501
     */
    public List<NodeSession> sessions(Transaction transaction, long node, int limit) {
        return transaction
                .sql()
                .createQuery("SELECT s.* FROM node_session s WHERE s.node_id = :node ORDER BY s.id DESC LIMIT :limit")
                .bind("node", node)
                .bind("limit", Math.max(1, Math.min(limit, LARGEST_PAGE)))
                .map(new NodeSessionMapper())
                .list();
    }

    private static final class Mapper implements RowMapper<ListedNode> {
        private final NodeSessionMapper sessions = new NodeSessionMapper();

        @Override
        public ListedNode map(ResultSet row, StatementContext context) throws SQLException {
            boolean lived = row.getObject("id") != null;
            return new ListedNode(
                    row.getLong("listed_id"),
                    row.getString("name"),
                    row.getString("description"),
                    NodeState.valueOf(row.getString("node_state")),
                    row.getInt("node_slots"),
                    row.getInt("weight"),
                    row.getBoolean("revoked"),
                    row.getInt("version"),
                    lived ? sessions.map(row, context) : null,
                    lived ? NodeLoad.read(row) : null,
                    row.getInt("busy"),
                    row.getInt("usable_slots"),
                    NodeTerms.read(row),
                    NodeSessionMapper.instant(row, "empty_by"));
        }
    }
}
