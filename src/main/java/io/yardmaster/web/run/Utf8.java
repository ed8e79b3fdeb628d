package io.yardmaster.web.run;

/** Reads characters from bytes that may be anything, and knows where each began. */
final class Utf8 {
    /** The bytes end within a character. */
    static final int INCOMPLETE = -1;

    private static final int REPLACEMENT = 0xfffd;
    private static final int[] LEAST = {0, 0, 0x80, 0x800, 0x10000};

    private final byte[] bytes;
    private int at;

    Utf8(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at >= bytes.length;
    }

    /** The byte {@code ahead} of the next, 0 to 255; {@link #INCOMPLETE} beyond the end. */
    int peek(int ahead) {
        return at + ahead < bytes.length ? bytes[at + ahead] & 0xff : INCOMPLETE;
    }

    void skip(int count) {
        at += count;
    }

    /** The next code point; U+FFFD, one byte on, for what is none; {@link #INCOMPLETE} without moving. */
    int next() {
        int first = peek(0);
        if (first < 0x80) {
            at++;
            return first;
        }
        int length = length(first);
        int point = length == 0 ? -1 : first & 0x7f >> length;
        for (int i = 1; i < length; i++) {
            int more = peek(i);
            if (more == INCOMPLETE) {
                return INCOMPLETE;
            } else if ((more & 0xc0) != 0x80) {
                return malformed();
            }
            point = (point << 6) | (more & 0x3f);
        }
        boolean surrogate = point >= 0xd800 && point <= 0xdfff;
        if (length == 0 || point < LEAST[length] || point > Character.MAX_CODE_POINT || surrogate) {
            return malformed();
        }
        at += length;
        return point;
    }

    /** Takes the rest of an unfinished character as one that is none. */
    int malformed() {
        at++;
        return REPLACEMENT;
    }

    private static int length(int first) {
        if (first >= 0xc2 && first <= 0xdf) {
            return 2;
        } else if (first >= 0xe0 && first <= 0xef) {
            return 3;
        }
        return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
    }
}
