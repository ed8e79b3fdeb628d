package io.yardmaster.agent;

import io.yardmaster.database.Transaction;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.output.OutputChunk;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much output of each run is kept. Workers keep to it themselves; one that does not must not fill the database, so
 * what it sends beyond becomes a gap, with a chunk's length of tolerance.
 */
final class OutputLimits {
    private static final long TOLERANCE = 256 << 10;

    /** Indexes {@code run_pkey}, {@code run_history_pkey}, {@code job_version_pkey}. */
    private static final String LIMITS = """
            SELECT a.run, (v.definition ->> 'outputLimit')::bigint AS output_limit FROM unnest(:runs) AS a (run)
            CROSS JOIN LATERAL (
                (SELECT job_id, job_version FROM run WHERE id = a.run LIMIT 1)
                UNION ALL
                (SELECT job_id, job_version FROM run_history WHERE id = a.run LIMIT 1)
                LIMIT 1) AS found
            JOIN job_version v ON v.job_id = found.job_id AND v.version = found.job_version
            WHERE v.definition ->> 'outputLimit' IS NOT NULL
            """;

    private final Map<Long, Long> limits;

    /** @param limits bytes by run; of others the standard is kept */
    OutputLimits(Map<Long, Long> limits) {
        this.limits = limits;
    }

    /** Those of the runs that {@code chunks} are of. */
    static OutputLimits of(Transaction transaction, List<OutputChunk> chunks) {
        Map<Long, Long> limits = new HashMap<>();
        transaction
                .sql()
                .createQuery(LIMITS)
                .bindArray(
                        "runs",
                        Long.class,
                        chunks.stream().map(OutputChunk::run).distinct().toList())
                .map((row, context) -> limits.put(row.getLong("run"), row.getLong("output_limit")))
                .list();
        return new OutputLimits(limits);
    }

    /** The same chunks, with one gap in place of all bytes beyond a run's limit. */
    List<OutputChunk> cut(List<OutputChunk> chunks) {
        return chunks.stream().flatMap(this::cut).toList();
    }

    private Stream<OutputChunk> cut(OutputChunk chunk) {
        long most = limits.getOrDefault(chunk.run(), JobDefinition.STANDARD_OUTPUT_LIMIT) + TOLERANCE;
        long end = chunk.start() + chunk.bytes().length + chunk.gap();
        if (end <= most) {
            return Stream.of(chunk);
        }
        OutputChunk beyond = new OutputChunk(chunk.run(), chunk.epoch(), most, new byte[0], end - most);
        int room = (int) Math.min(chunk.bytes().length, Math.max(0, most - chunk.start()));
        if (room > 0) {
            byte[] head = Arrays.copyOf(chunk.bytes(), room);
            return Stream.of(new OutputChunk(chunk.run(), chunk.epoch(), chunk.start(), head, 0), beyond);
        }
        return Stream.of(chunk.gap() > 0 && chunk.start() < most ? chunk : beyond);
    }
}
