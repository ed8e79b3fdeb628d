package io.yardmaster.web.run;

import io.yardmaster.output.OutputPiece;
import io.yardmaster.output.OutputPiece.Printed;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts what was read to what was wished, and joins it so that no character is cut where two chunks meet. */
final class Stretches {
    /** A page that begins anywhere begins with a whole line, if one begins within this. */
    private static final int LONGEST_LINE = 4096;

    private Stretches() {}

    static List<OutputPiece> of(List<OutputPiece> pieces, OutputWish wish) {
        List<OutputPiece> stretches = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long start = wish.from();
        for (OutputPiece piece : pieces) {
            if (piece.start() >= wish.until()) {
                break;
            }
            if (piece instanceof Printed printed) {
                start = bytes.size() == 0 ? printed.start() : start;
                int wanted = (int) Math.min(printed.length(), wish.until() - printed.start());
                bytes.write(printed.bytes(), 0, wanted);
            } else {
                end(stretches, start, bytes);
                stretches.add(piece);
            }
        }
        end(stretches, start, bytes);
        if (!wish.exact() && !stretches.isEmpty() && stretches.get(0) instanceof Printed first) {
            stretches.set(0, fromFirstLine(first));
        }
        return stretches;
    }

    private static void end(List<OutputPiece> stretches, long start, ByteArrayOutputStream bytes) {
        if (bytes.size() > 0) {
            stretches.add(new Printed(start, bytes.toByteArray()));
            bytes.reset();
        }
    }

    private static Printed fromFirstLine(Printed stretch) {
        byte[] bytes = stretch.bytes();
        int skipped = 0;
        for (int i = 0; i < Math.min(bytes.length, LONGEST_LINE) && skipped == 0; i++) {
            skipped = bytes[i] == '\n' ? i + 1 : 0;
        }
        // no line begins there: at least a character shall
        while (skipped < bytes.length && (bytes[skipped] & 0xc0) == 0x80) {
            skipped++;
        }
        return new Printed(stretch.start() + skipped, Arrays.copyOfRange(bytes, skipped, bytes.length));
    }
}
