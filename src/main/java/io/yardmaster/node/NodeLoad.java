package io.yardmaster.node;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a node is busy with, as its last heartbeat told; zeros before the first.
 *
 * @param cpu share of all processors in use, 0 to 1
 * @param memoryUsed bytes
 * @param memoryTotal bytes
 * @param diskFree bytes
 * @param diskTotal bytes
 */
public record NodeLoad(double cpu, long memoryUsed, long memoryTotal, long diskFree, long diskTotal) {
    /** Of a session {@code s}, for {@link #read}. */
    public static final String COLUMNS = """
            coalesce((s.load ->> 'cpu')::double precision, 0) AS cpu,
            coalesce((s.load ->> 'memoryUsed')::bigint, 0) AS memory_used,
            coalesce((s.load ->> 'memoryTotal')::bigint, 0) AS memory_total,
            coalesce((s.load ->> 'diskFree')::bigint, 0) AS disk_free,
            coalesce((s.load ->> 'diskTotal')::bigint, 0) AS disk_total
            """;

    public static NodeLoad read(ResultSet row) throws SQLException {
        return new NodeLoad(
                row.getDouble("cpu"),
                row.getLong("memory_used"),
                row.getLong("memory_total"),
                row.getLong("disk_free"),
                row.getLong("disk_total"));
    }

    /** Share of the memory in use, 0 to 1; 0 if not known. */
    public double memory() {
        return memoryTotal == 0 ? 0 : (double) memoryUsed / memoryTotal;
    }

    /** Share of the disk in use, 0 to 1; 0 if not known. */
    public double disk() {
        return diskTotal == 0 ? 0 : 1 - (double) diskFree / diskTotal;
    }

    /** How much of the scarcest of processors, memory and disk is left, 0 to 1. */
    public double headroom() {
        return Math.max(0, 1 - Math.max(cpu, Math.max(memory(), disk())));
    }
}
