package io.yardmaster.queue;

import io.yardmaster.audit.Actor;
import io.yardmaster.run.RunFilter;
import java.time.Instant;

/**
 * Something done to all runs that a filter finds, in batches.
 *
 * @param filter which; only runs up to {@code throughRun}
 * @param typed the filter as it was typed, for people
 * @param terms what the act takes
 * @param by who asked
 * @param throughRun id of the newest run that there was when its effect was shown
 * @param progress how far it is
 */
public record BulkAct(
        long id,
        RunAct act,
        RunFilter filter,
        String typed,
        Terms terms,
        Actor by,
        long throughRun,
        Progress progress) {
    /** A reason in words, empty for none; and where to, null unless runs are moved. */
    public record Terms(String reason, Long queue) {}

    /**
     * How far it is.
     *
     * @param afterRun id of the last run that was looked at
     * @param passedOver found in a fit state, and in another when their turn came
     * @param endedAt null while it is under way
     * @param stoppedBy null unless somebody stopped it
     */
    public record Progress(
            long afterRun, long changed, long passedOver, Instant createdAt, Instant endedAt, String stoppedBy) {
        public boolean isOver() {
            return endedAt != null;
        }
    }
}
