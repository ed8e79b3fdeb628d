package io.yardmaster.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * When an attempt that did not succeed is followed by another. The n-th retry waits {@code delay × backoff^(n-1)}, at most
 * {@code maxDelay}, and up to {@code jitter} more, which run and attempt decide.
 *
 * @param count attempts after the first; 3 if absent
 * @param delay seconds before the first retry; 60 if absent
 * @param backoff by what each delay is longer than the one before; 2 if absent
 * @param maxDelay seconds that no delay exceeds; an hour, or {@code delay} if that is more, if absent
 * @param jitter seconds; 0 if absent
 * @param on after which outcomes, in the order of {@link Outcome}; failed and timed out if absent
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Retry(Integer count, Long delay, Double backoff, Long maxDelay, Long jitter, List<Outcome> on) {
    public static final int STANDARD_COUNT = 3;
    private static final Set<Outcome> STANDARD_ON = EnumSet.of(Outcome.FAILED, Outcome.TIMED_OUT);
    private static final long STANDARD_DELAY = 60;
    private static final double STANDARD_BACKOFF = 2;
    private static final long STANDARD_MOST = 3600;

    /** What can become of an attempt that did not succeed. */
    public enum Outcome {
        FAILED,
        TIMED_OUT,
        /** Its node was lost. */
        LOST
    }

    public Retry {
        count = Objects.requireNonNullElse(count, STANDARD_COUNT);
        delay = Objects.requireNonNullElse(delay, STANDARD_DELAY);
        backoff = Objects.requireNonNullElse(backoff, STANDARD_BACKOFF);
        maxDelay = Objects.requireNonNullElse(maxDelay, Math.max(delay, STANDARD_MOST));
        jitter = Objects.requireNonNullElse(jitter, 0L);
        on = (on == null ? STANDARD_ON : Set.copyOf(on)).stream().sorted().toList();
    }
}
