package io.yardmaster.output;

import io.yardmaster.output.OutputPiece.Printed;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** Looks for text in an output of any size, page by page, for so long and no longer. */
public final class OutputSearch {
    private final LongSupplier nanos;
    private final Duration most;

    /**
     * @param nanos a monotonic clock, such as {@code System::nanoTime}
     * @param most how long to look before giving what there is
     */
    public OutputSearch(LongSupplier nanos, Duration most) {
        this.nanos = nanos;
        this.most = most;
    }

    /**
     * What to look for.
     *
     * @param text at least one byte
     * @param exactly whether the case of ASCII letters counts
     * @param from offset to begin at
     * @param limit how many places at most
     */
    @SuppressWarnings("ArrayRecordComponent") // carried once, never compared
    public record Wish(byte[] text, boolean exactly, long from, int limit) {}

    /**
     * What was found.
     *
     * @param matches in order; of those on one short line only the first
     * @param next offset to go on from
     * @param total how many bytes there are by now, gaps included
     */
    public record Found(List<OutputMatch> matches, long next, long total) {
        /** Whether all there is by now was looked through. */
        public boolean isComplete() {
            return next >= total;
        }
    }

    /** @param pages the page that begins at an offset, each read in a transaction of its own */
    public Found search(LongFunction<OutputPage> pages, Wish wish) {
        long until = nanos.getAsLong() + most.toNanos();
        OutputScan scan = new OutputScan(new Needle(wish.text(), wish.exactly()), wish.limit());
        OutputPage page = pages.apply(wish.from());
        boolean more = add(page, scan);
        while (more && nanos.getAsLong() - until < 0) {
            page = pages.apply(page.next());
            more = add(page, scan);
        }
        if (page.isLast()) {
            scan.breakOff();
        }
        return new Found(scan.matches(), scan.next(page.next()), page.total());
    }

    /** Whether to go on. */
    private static boolean add(OutputPage page, OutputScan scan) {
        for (OutputPiece piece : page.pieces()) {
            if (piece instanceof Printed printed) {
                scan.add(printed);
            } else {
                scan.breakOff();
            }
        }
        return !scan.isFull() && !page.isLast() && !page.pieces().isEmpty();
    }
}
