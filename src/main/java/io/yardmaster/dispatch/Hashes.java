package io.yardmaster.dispatch;

/** Chance that is the same on every server. */
final class Hashes {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private Hashes() {}

    /** Steele, Lea and Flood's mixing of 64 bits (2014), of two numbers one after the other. */
    static long mix(long one, long other) {
        return finish(finish(one + GOLDEN) + other + GOLDEN);
    }

    /** More than 0, less than 1. */
    static double unit(long hash) {
        return ((hash >>> 11) + 0.5) * UNIT;
    }

    private static long finish(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
