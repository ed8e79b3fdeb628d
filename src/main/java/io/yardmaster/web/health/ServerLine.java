package io.yardmaster.web.health;

import java.time.Duration;
import java.time.Instant;

/**
 * A server of the cluster.
 *
 * @param present whether it was seen lately
 * @param clockOffsetMillis its wall clock minus the database's
 */
public record ServerLine(
        long id,
        String name,
        String version,
        Instant startedAt,
        Instant seenAt,
        boolean present,
        long clockOffsetMillis) {
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    /** Whether its wall clock is so far off that one should know. */
    public boolean isClockOff() {
        return Math.abs(clockOffsetMillis) > TOLERANCE.toMillis();
    }
}
