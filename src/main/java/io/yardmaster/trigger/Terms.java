package io.yardmaster.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * On what terms a schedule follows its timetable.
 *
 * @param validFrom nothing before it; null from the beginning
 * @param validUntil nothing after it; null without end
 * @param jitter each job's runs start later by a share of it that is always the same; none, or whole seconds up to a day
 * @param catchUp what becomes of instants that were missed
 */
public record Terms(Instant validFrom, Instant validUntil, Duration jitter, CatchUp catchUp) {
    /** What holds unless somebody says otherwise. */
    public static final Terms STANDARD = new Terms(null, null, Duration.ZERO, CatchUp.STANDARD);

    public Terms {
        jitter = Objects.requireNonNullElse(jitter, Duration.ZERO);
        catchUp = Objects.requireNonNullElse(catchUp, CatchUp.STANDARD);
    }

    /** After which instant those from {@code now} on come that are valid. */
    public Instant from(Instant now) {
        return validFrom != null && validFrom.isAfter(now) ? validFrom.minusNanos(1) : now;
    }

    /** The same with another rule for what was missed. */
    public Terms with(CatchUp other) {
        return new Terms(validFrom, validUntil, jitter, other);
    }
}
