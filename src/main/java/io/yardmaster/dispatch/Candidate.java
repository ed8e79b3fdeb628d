package io.yardmaster.dispatch;

/**
 * A node that may be given runs.
 *
 * @param session its live session
 * @param node id
 * @param weight its share beside others, at least 1
 * @param slots runs at a time
 * @param busy slots in use, counted from the runs' rows
 */
public record Candidate(long session, long node, int weight, int slots, int busy) {
    public int free() {
        return Math.max(0, slots - busy);
    }
}
