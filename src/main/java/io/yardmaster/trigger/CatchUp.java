package io.yardmaster.trigger;

import io.yardmaster.timetable.Occurrences;
import java.time.Duration;
import java.time.Instant;

/**
 * What becomes of instants that came too late for their runs.
 *
 * @param policy which of them are made up
 * @param count with {@link Policy#ALL}, the newest so many, 1 to {@value #MOST_COUNT}
 * @param age with {@link Policy#ALL}, and with {@link Policy#LATEST}, none older than this; 1 minute to 366 days
 * @param spread one is made up, then nothing for so long, then the next; none, or whole seconds up to a day
 */
public record CatchUp(Policy policy, int count, Duration age, Duration spread) {
    public static final int MOST_COUNT = 10_000;

    /** Which missed instants get a run. */
    public enum Policy {
        SKIP,
        LATEST,
        ALL
    }

    /** None is made up. */
    public static final CatchUp NONE = new CatchUp(Policy.SKIP, 100, Duration.ofDays(1), Duration.ZERO);

    /** What a schedule does unless its author says otherwise: a night's run is made up in the morning, once. */
    public static final CatchUp STANDARD = new CatchUp(Policy.LATEST, 100, Duration.ofDays(1), Duration.ZERO);

    /** How many of the newest are made up at most. */
    int most() {
        return switch (policy) {
            case SKIP -> 0;
            case LATEST -> 1;
            case ALL -> count;
        };
    }

    /** Why the others are not. */
    String reason() {
        return switch (policy) {
            case SKIP -> "MISSED";
            case LATEST -> "SUPERSEDED";
            case ALL -> "EXCLUDED";
        };
    }

    /** What comes after it is in time still. */
    static Instant lastMissed(Instant now) {
        return now.minus(Plan.LATENESS).minusNanos(1);
    }

    /**
     * Where making up begins.
     *
     * @param after instants up to this one are none of ours
     * @param through instants after this one were not missed
     * @return missed instants at or after it are made up; later than all of them if none is
     */
    Instant reachThrough(Occurrences occurrences, Instant after, Instant through, Instant now) {
        if (policy == Policy.SKIP) {
            return Instant.MAX;
        }
        Instant tooOld = now.minus(age).minusNanos(1);
        return Newest.of(occurrences, tooOld.isAfter(after) ? tooOld : after, through, most());
    }
}
