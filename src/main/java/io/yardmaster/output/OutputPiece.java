package io.yardmaster.output;

/** A stretch of output as it is read: its bytes, or why there are none. */
public sealed interface OutputPiece {
    /** Offset of its first byte. */
    long start();

    /** How many bytes of the output it stands for. */
    long length();

    default long end() {
        return start() + length();
    }

    /**
     * What was printed.
     *
     * @param bytes never empty; may begin or end inside a character
     */
    @SuppressWarnings("ArrayRecordComponent") // carried once, never compared
    record Printed(long start, byte[] bytes) implements OutputPiece {
        @Override
        public long length() {
            return bytes.length;
        }
    }

    /** What is not there. */
    record Gap(long start, long length, Reason reason) implements OutputPiece {}

    /** Why bytes are not there. */
    enum Reason {
        /** The worker left them out: the limit was reached, or its disk was full. */
        LEFT_OUT,
        /** They never arrived. */
        MISSING
    }
}
