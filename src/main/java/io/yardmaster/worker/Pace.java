package io.yardmaster.worker;

/**
 * Whether an attempt shall run, as the servers want it.
 *
 * @param paused or else running
 * @param sequence of the command, growing from 1; 0 for none yet
 */
record Pace(boolean paused, int sequence) {
    static final Pace FIRST = new Pace(false, 0);

    Pace orLater(Pace other) {
        return other.sequence > sequence ? other : this;
    }
}
