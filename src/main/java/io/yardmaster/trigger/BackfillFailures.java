package io.yardmaster.trigger;

import io.yardmaster.database.Invalid;

/**
 * What becomes of a backfill's failed instants when it goes on.
 *
 * @param again whether they are run again; else they stay failed
 * @param seen how many the one who lets it go on was told of, as any more stop it again; null for all
 */
public record BackfillFailures(boolean again, Integer seen) {
    /** @throws Invalid if {@code seen} is no such number */
    public BackfillFailures {
        if (seen != null && (seen < 0 || seen > BackfillInstants.MOST)) {
            throw new Invalid("failuresSeen", seen, "invalid.range", 0, BackfillInstants.MOST);
        }
    }
}
