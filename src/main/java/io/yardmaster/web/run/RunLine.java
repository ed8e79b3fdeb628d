package io.yardmaster.web.run;

import io.yardmaster.database.Said;
import io.yardmaster.run.Run;
import java.time.Duration;
import java.time.Instant;

/**
 * A run as a line of a list.
 *
 * @param waited from ready to the start of its last attempt, to its end if there was none, or until now
 * @param lasted running time of its last attempt; null if there was none
 */
public record RunLine(Run run, Duration waited, Duration lasted) {
    /** @param now by the database's clock */
    public static RunLine of(Run run, Instant now) {
        Run.Times times = run.times();
        Instant ready = times.readyAt() == null ? times.createdAt() : times.readyAt();
        Instant until = times.endedAt() == null ? now : times.endedAt();
        Instant started = times.startedAt();
        return new RunLine(run, positive(ready, started == null ? until : started), run.ran(now));
    }

    static Duration positive(Instant from, Instant until) {
        return until.isBefore(from) ? Duration.ZERO : Duration.between(from, until);
    }

    /** Who asked for it; null for nobody. */
    public String by() {
        return Unseen.shown(run.cause().by());
    }

    /** Why it cannot be dispatched yet; null unless it is blocked. */
    public String reason() {
        return run.waiting() == null ? null : Unseen.shown(run.waiting().reason());
    }

    /** Who asked for its end; null if nobody did. */
    public String cancelledBy() {
        return run.cancellation() == null
                ? null
                : Unseen.shown(run.cancellation().by());
    }

    /** Who holds it; null if nobody does. */
    public String heldBy() {
        return run.hold() == null ? null : Unseen.shown(run.hold().by());
    }

    /** Why it is held, empty where none was given; null if nobody does. */
    public String heldReason() {
        return run.hold() == null ? null : Unseen.shown(run.hold().reason());
    }

    /** Who paused it, or asked for that; null if nobody did, or its slice had ended. */
    public String pausedBy() {
        return run.pausing() == null ? null : Unseen.shown(run.pausing().by());
    }

    /** The id of the run because of which it was skipped or replaced; null if none. */
    public String because() {
        return run.ending() == null ? null : Told.named(run.ending().message());
    }

    /** What its node said of its end in one line; null if nothing. */
    public Said told() {
        return run.ending() == null ? null : Told.of(Unseen.shown(run.ending().message()));
    }
}
