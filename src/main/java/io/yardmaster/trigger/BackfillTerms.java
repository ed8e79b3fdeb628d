package io.yardmaster.trigger;

/**
 * How a backfill goes about its instants.
 *
 * @param parallelism how many runs are under way at a time
 * @param newestFirst in what order
 * @param stopOnFailure whether nothing more is started once a run has failed for good
 * @param again whether instants are run whose run succeeded or has not ended
 */
public record BackfillTerms(int parallelism, boolean newestFirst, boolean stopOnFailure, boolean again) {
    public static final int MOST_AT_ONCE = 100;

    /** What holds unless somebody says otherwise. */
    public static final BackfillTerms STANDARD = new BackfillTerms(1, false, true, false);
}
