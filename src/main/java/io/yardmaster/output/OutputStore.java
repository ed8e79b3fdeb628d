package io.yardmaster.output;

import io.yardmaster.database.Transaction;
import java.util.Comparator;
import java.util.List;
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

    /** Adds {@code chunks}, which may be of many runs and come in any order. */
    public void append(Transaction transaction, List<OutputChunk> chunks) {
        if (chunks.isEmpty()) {
            return;
        }
        PreparedBatch batch = transaction.sql().prepareBatch(APPEND);
        chunks.stream().sorted(BY_KEY).forEach(chunk -> batch.bind("run", chunk.run())
                .bind("epoch", chunk.epoch())
                .bind("start", chunk.start())
                .bind("bytes", chunk.bytes())
                .bind("gap", chunk.gap())
                .add());
        batch.execute();
    }
}
