package io.yardmaster.output;

import io.yardmaster.output.OutputPiece.Printed;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A part of what an attempt printed.
 *
 * @param from offset of its first byte
 * @param pieces without overlap, in order, from {@code from} to {@code next}
 * @param next where the next page begins
 * @param total how many bytes there are by now, gaps included
 */
public record OutputPage(long from, List<OutputPiece> pieces, long next, long total) {
    /** The printed bytes alone. */
    public byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (OutputPiece piece : pieces) {
            if (piece instanceof Printed printed) {
                all.writeBytes(printed.bytes());
            }
        }
        return all.toByteArray();
    }

    /** Whether this is all there is by now. */
    public boolean isLast() {
        return next >= total;
    }
}
