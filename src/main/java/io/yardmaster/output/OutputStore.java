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
     * a byte at an offset never changes: a worker that was restarted may cut anew.
     */
    private static final String APPEND = """
            INSERT INTO output_chunk AS o (run_id, epoch, start_byte, bytes, gap_bytes)
            VALUES (:run, :epoch, :start, :bytes, :gap)
            ON CONFLICT (run_id, epoch, start_byte) DO UPDATE SET bytes = excluded.bytes
            WHERE o.gap_bytes = 0 AND excluded.gap_bytes = 0 AND length(excluded.bytes) > length(o.bytes)
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
        return other.bytes().length > one.bytes().length ? other : one;
    }
}
