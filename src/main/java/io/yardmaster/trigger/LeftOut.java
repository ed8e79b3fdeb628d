package io.yardmaster.trigger;

import java.time.Instant;

/**
 * Instants that get no run, as one row of the ledger.
 *
 * @param from the first
 * @param through the last
 * @param instants how many, 1 or more
 */
record LeftOut(Instant from, Instant through, int instants) {
    /** @param before what was left out so far, or null */
    static LeftOut with(LeftOut before, Instant at) {
        return before == null ? new LeftOut(at, at, 1) : new LeftOut(before.from, at, before.instants + 1);
    }

    static int count(LeftOut leftOut) {
        return leftOut == null ? 0 : leftOut.instants;
    }
}
