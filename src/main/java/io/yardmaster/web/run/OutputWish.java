package io.yardmaster.web.run;

/**
 * Which part of an output to read.
 *
 * @param from offset of the first byte
 * @param until offset behind the last, at most
 * @param exact whether a character is known to begin at {@code from}
 * @param closed whether nothing will ever follow what is read: if so nothing is kept back for the next page
 */
record OutputWish(long from, long until, boolean exact, boolean closed) {
    /** How much one page shows. */
    static final int LENGTH = 256 * 1024;

    /** The last page. */
    static OutputWish tail(long size, boolean ended) {
        return tail(size, ended, LENGTH);
    }

    private static OutputWish tail(long size, boolean ended, int length) {
        long from = Math.max(0, size - length);
        return new OutputWish(from, size, from == 0, ended);
    }

    /** The page that ends where another begins. */
    static OutputWish before(long until) {
        long from = Math.max(0, until - LENGTH);
        return new OutputWish(from, until, from == 0, true);
    }

    /** The page that begins where another ended. */
    static OutputWish after(long from, long size, boolean ended) {
        return new OutputWish(from, from + LENGTH, true, ended && from + LENGTH >= size);
    }

    /** A quarter of the last page, for one that says too much in too few bytes to be shown whole. */
    OutputWish shorterTail() {
        return tail(until, closed, limit() / 4);
    }

    /** How many bytes there can be; at least one is asked for. */
    int limit() {
        return (int) Math.max(1, Math.min(LENGTH, until - from));
    }
}
