package io.yardmaster.node;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

final class NodeSessionMapper implements RowMapper<NodeSession> {
    @Override
    public NodeSession map(ResultSet row, StatementContext context) throws SQLException {
        return new NodeSession(
                row.getLong("id"),
                row.getLong("node_id"),
                SessionState.valueOf(row.getString("state")),
                instant(row, "started_at"),
                instant(row, "lease_until"),
                instant(row, "ended_at"),
                row.getInt("slots"),
                row.getBoolean("draining"),
                row.getObject("clock_offset_ms", Long.class),
                new NodeSession.Machine(
                        row.getString("boot_id"),
                        row.getString("host"),
                        row.getString("address"),
                        row.getString("worker_version"),
                        row.getString("containment"),
                        List.of((String[]) row.getArray("labels").getArray())));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
