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
    /**
     * What it takes.
     *
     * @param reason in words, empty for none
     * @param queue where to; null unless runs are moved
     * @param priority null unless they are given one
     */
    public record Terms(String reason, Long queue, Integer priority) {}

    /**
     * How far it is.
     *
     * @param afterRun id of the last run that was looked at
     * @param passedOver found in a fit state, and in another when their turn came
     * @param ending null while it is under way
     */
    public record Progress(long afterRun, long changed, long passedOver, Instant createdAt, Ending ending) {
        public boolean isOver() {
            return ending != null;
        }
    }

    /**
     * That it is over.
     *
     * @param stoppedBy null unless somebody stopped it
     * @param refused whether the rest is left undone since who asked for it may no longer do it
     */
    public record Ending(Instant at, String stoppedBy, boolean refused) {}
}
