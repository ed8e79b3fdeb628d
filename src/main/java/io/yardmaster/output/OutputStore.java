package io.yardmaster.output;

import io.yardmaster.database.Transaction;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Keeps output. */
public final class OutputStore {
    /**
     * The same chunk again changes nothing. What begins at the same byte and is longer holds the shorter one whole, since
     * a byte at an offset never changes: a worker that was restarted may cut anew. What is stored already, in the chunk
     * before or after, is not stored again, so that an output never takes more room than it has offsets.
     */
    private static final String APPEND = """
            INSERT INTO output_chunk AS o (run_id, epoch, start_byte, bytes, gap_bytes)
            SELECT :run, :epoch, first, substring(:bytes FROM (first - :start + 1)::integer
                                                         FOR greatest(0, last - first)::integer), :gap
            FROM (SELECT greatest(:start, CASE WHEN :gap = 0 THEN (
                             SELECT start_byte + length(bytes) FROM output_chunk
                             WHERE run_id = :run AND epoch = :epoch AND start_byte < :start AND gap_bytes = 0
                             ORDER BY start_byte DESC LIMIT 1) END) AS first,
                         least(:start + length(:bytes), (
                             SELECT start_byte FROM output_chunk
                             WHERE run_id = :run AND epoch = :epoch AND start_byte > :start AND gap_bytes = 0
                             ORDER BY start_byte LIMIT 1)) AS last) AS fresh
            WHERE first < last OR :gap > 0
            ON CONFLICT (run_id, epoch, start_byte) DO UPDATE SET bytes = excluded.bytes, gap_bytes = excluded.gap_bytes
            WHERE sign(o.gap_bytes) = sign(excluded.gap_bytes)
              AND length(excluded.bytes) + excluded.gap_bytes > length(o.bytes) + o.gap_bytes
            """;

    private static final Comparator<OutputChunk> BY_KEY = Comparator.comparingLong(OutputChunk::run)
            .thenComparingLong(OutputChunk::epoch)
            .thenComparingLong(OutputChunk::start);

    /** Adds {@code chunks}, which may be of many runs, come in any order and be repeated. */
    public void append(Transaction transaction, List<OutputChunk> chunks) {
        if (chunks.isEmpty()) {
            return;
        }
        PreparedBatch batch = transaction.sql().prepareBatch(APPEND);
        once(chunks)
                .forEach(chunk -> batch.bind("run", chunk.run())
                        .bind("epoch", chunk.epoch())
                        .bind("start", chunk.start())
                        .bind("bytes", chunk.bytes())
                        .bind("gap", chunk.gap())
                        .add());
        batch.execute();
    }

    /** By key, so that two servers cannot lock one another out; of equal keys the longest, since a statement writes a row once. */
    private static Collection<OutputChunk> once(List<OutputChunk> chunks) {
        SortedMap<OutputChunk, OutputChunk> longest = new TreeMap<>(BY_KEY);
        chunks.forEach(chunk -> longest.merge(chunk, chunk, OutputStore::longer));
        return longest.values();
    }

    private static OutputChunk longer(OutputChunk one, OutputChunk other) {
        return other.bytes().length + other.gap() > one.bytes().length + one.gap() ? other : one;
    }
}
