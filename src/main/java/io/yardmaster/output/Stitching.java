package io.yardmaster.output;

import io.yardmaster.output.OutputPiece.Gap;
import io.yardmaster.output.OutputPiece.Printed;
import io.yardmaster.output.OutputPiece.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes one line out of chunks that come in order of their start and may overlap or leave holes. A pure function. */
final class Stitching {
    private final List<OutputPiece> pieces = new ArrayList<>();
    private final int limit;
    private long at;
    private int printed;

    /** @param limit printed bytes at most */
    Stitching(long from, int limit) {
        this.at = from;
        this.limit = limit;
    }

    /** Returns false once there is no room. */
    boolean add(OutputChunk chunk) {
        if (printed >= limit) {
            return false;
        }
        if (chunk.start() > at) {
            addGap(chunk.start(), Reason.MISSING);
        }
        if (chunk.gap() > 0) {
            addGap(chunk.start() + chunk.gap(), Reason.LEFT_OUT);
        } else {
            addBytes(chunk);
        }
        return printed < limit;
    }

    private void addGap(long end, Reason reason) {
        if (end > at) {
            pieces.add(new Gap(at, end - at, reason));
            at = end;
        }
    }

    private void addBytes(OutputChunk chunk) {
        long end = Math.min(chunk.start() + chunk.bytes().length, at + limit - printed);
        if (end <= at) {
            return;
        }
        byte[] fresh = Arrays.copyOfRange(
                chunk.bytes(), Math.toIntExact(at - chunk.start()), Math.toIntExact(end - chunk.start()));
        pieces.add(new Printed(at, fresh));
        at = end;
        printed += fresh.length;
    }

    long next() {
        return at;
    }

    List<OutputPiece> pieces() {
        return List.copyOf(pieces);
    }
}
