package io.yardmaster.output;

import io.yardmaster.database.Transaction;
import io.yardmaster.output.OutputPiece.Gap;
import io.yardmaster.output.OutputPiece.Reason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.result.ResultIterable;

/** Reads what an attempt printed. To follow it, ask again from where the page before ended. */
public final class OutputReader {
    /** The largest chunk that the schema allows, so that none that reaches into a page is overlooked. */
    private static final int LARGEST_CHUNK = 1 << 20;

    private static final int LARGEST_PAGE = 4 << 20;
    /** Two mebibytes of the largest that workers send: what is fetched and not shown costs memory. */
    private static final int CHUNKS_AT_ONCE = 8;

    /** Primary key of the one partition that the run falls in. A gap can be longer than any chunk, hence the second part. */
    private static final String FROM = """
            SELECT run_id, epoch, start_byte, bytes, gap_bytes FROM output_chunk
            WHERE run_id = :run AND epoch = :epoch AND start_byte >= least(:from - :largest, (
                      SELECT max(start_byte) FROM output_chunk
                      WHERE run_id = :run AND epoch = :epoch AND start_byte <= :from))
              AND start_byte + length(bytes) + gap_bytes > :from
            ORDER BY start_byte
            """;

    /** As many as can overlap the last one, and more. */
    private static final String TOTAL = """
            SELECT coalesce(max(start_byte + length(bytes) + gap_bytes), 0) FROM (
                SELECT start_byte, bytes, gap_bytes FROM output_chunk
                WHERE run_id = :run AND epoch = :epoch ORDER BY start_byte DESC LIMIT 64) AS latest
            """;

    private static final String OUTLINE = """
            SELECT start_byte, length(bytes) AS printed, gap_bytes FROM output_chunk
            WHERE run_id = :run AND epoch = :epoch ORDER BY start_byte
            """;

    private static final RowMapper<OutputChunk> CHUNK = (row, context) -> new OutputChunk(
            row.getLong("run_id"),
            row.getLong("epoch"),
            row.getLong("start_byte"),
            row.getBytes("bytes"),
            row.getLong("gap_bytes"));

    /**
     * The output from byte {@code from} on.
     *
     * @param from 0 or more; beyond the end gives an empty page
     * @param limit printed bytes at most, 1 to 4 MiB
     */
    public OutputPage page(Transaction transaction, long run, long epoch, long from, int limit) {
        long start = Math.max(0, from);
        Stitching stitching = new Stitching(start, Math.max(1, Math.min(limit, LARGEST_PAGE)));
        ResultIterable<OutputChunk> chunks = transaction
                .sql()
                .createQuery(FROM)
                .bind("run", run)
                .bind("epoch", epoch)
                .bind("from", start)
                .bind("largest", LARGEST_CHUNK)
                .setFetchSize(CHUNKS_AT_ONCE)
                .map(CHUNK);
        chunks.useIterator(all -> stitch(all, stitching));
        return new OutputPage(start, stitching.pieces(), stitching.next(), total(transaction, run, epoch));
    }

    private static void stitch(Iterator<OutputChunk> chunks, Stitching stitching) {
        boolean room = true;
        while (room && chunks.hasNext()) {
            room = stitching.add(chunks.next());
        }
    }

    /** The last {@code bytes} of the output, at most 4 MiB. */
    public OutputPage tail(Transaction transaction, long run, long epoch, int bytes) {
        long from = Math.max(0, total(transaction, run, epoch) - bytes);
        return page(transaction, run, epoch, from, bytes);
    }

    /** How many bytes there are by now, gaps included. */
    public long total(Transaction transaction, long run, long epoch) {
        return transaction
                .sql()
                .createQuery(TOTAL)
                .bind("run", run)
                .bind("epoch", epoch)
                .mapTo(Long.class)
                .one();
    }

    /** All that was left out or never arrived, in order. */
    public List<Gap> gaps(Transaction transaction, long run, long epoch) {
        List<Gap> gaps = new ArrayList<>();
        long[] end = {0};
        transaction
                .sql()
                .createQuery(OUTLINE)
                .bind("run", run)
                .bind("epoch", epoch)
                .map((row, context) ->
                        new long[] {row.getLong("start_byte"), row.getLong("printed"), row.getLong("gap_bytes")})
                .forEach(chunk -> end[0] = outline(chunk, end[0], gaps));
        return gaps;
    }

    private static long outline(long[] chunk, long end, List<Gap> gaps) {
        if (chunk[0] > end) {
            gaps.add(new Gap(end, chunk[0] - end, Reason.MISSING));
        }
        if (chunk[2] > 0) {
            gaps.add(new Gap(chunk[0], chunk[2], Reason.LEFT_OUT));
        }
        return Math.max(end, chunk[0] + chunk[1] + chunk[2]);
    }
}
