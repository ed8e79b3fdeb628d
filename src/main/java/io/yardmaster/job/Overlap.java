package io.yardmaster.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * What becomes of a run while others of its job have not ended.
 *
 * @param policy as {@link Policy} says; {@code ALLOW} if absent
 * @param maxParallel how many may be on nodes at a time, the others wait; of {@code ALLOW} alone, null for any number
 * @param maxWaiting how many may wait for that, beyond which a new one is skipped; null for any number
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Overlap(Policy policy, Integer maxParallel, Integer maxWaiting) {
    /** What a new run does while another of its job has not ended. */
    public enum Policy {
        /** It runs beside. */
        ALLOW,
        /** It is skipped. */
        FORBID,
        /** It waits. */
        QUEUE,
        /** It waits for the end of the others, which are cancelled. */
        REPLACE
    }

    public Overlap {
        policy = Objects.requireNonNullElse(policy, Policy.ALLOW);
    }

    /** Whether it changes nothing. */
    boolean isPlain() {
        return policy == Policy.ALLOW && maxParallel == null && maxWaiting == null;
    }
}
