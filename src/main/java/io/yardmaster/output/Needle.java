package io.yardmaster.output;

import java.util.Arrays;

/**
 * Bytes to look for, exactly or without regard to the case of ASCII letters. Each look skips what cannot match (Horspool,
 * "Practical fast searching in strings", 1980).
 */
final class Needle {
    static final int NOWHERE = -1;

    private static final int BYTES = 256;

    private final byte[] fold = new byte[BYTES];
    private final int[] skip = new int[BYTES];
    private final byte[] bytes;

    /** @param text at least one byte */
    Needle(byte[] text, boolean exactly) {
        for (int value = 0; value < BYTES; value++) {
            fold[value] = (byte) (exactly || value < 'A' || value > 'Z' ? value : value + ('a' - 'A'));
        }
        bytes = text.clone();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = folded(bytes[i]);
        }
        Arrays.fill(skip, bytes.length);
        for (int i = 0; i < bytes.length - 1; i++) {
            skip[bytes[i] & 0xff] = bytes.length - 1 - i;
        }
    }

    int length() {
        return bytes.length;
    }

    /** Where it begins first within {@code [from, until)} of {@code text}, and ends within it; or {@link #NOWHERE}. */
    int find(byte[] text, int from, int until) {
        int last = bytes.length - 1;
        int at = Math.max(0, from);
        while (at < until && at + last < text.length) {
            if (isAt(text, at)) {
                return at;
            }
            at += skip[folded(text[at + last]) & 0xff];
        }
        return NOWHERE;
    }

    private boolean isAt(byte[] text, int at) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (folded(text[at + i]) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private byte folded(byte value) {
        return fold[value & 0xff];
    }
}
