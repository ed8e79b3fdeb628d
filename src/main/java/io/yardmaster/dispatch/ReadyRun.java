package io.yardmaster.dispatch;

import io.yardmaster.job.Need;

/**
 * A run that waits for a node.
 *
 * @param ref its id, and the epoch of its last offer
 * @param job what it executes
 * @param waited seconds since it became ready
 * @param seconds how long it will probably last
 */
public record ReadyRun(RunEpoch ref, long job, Need need, double waited, double seconds) {
    /** What a run counts as that nobody can predict. */
    static final double UNKNOWN_SECONDS = 60;

    /** What it adds to the work of its node: its slots are taken for as long as it lasts. */
    double work() {
        return seconds * need.slots();
    }
}
