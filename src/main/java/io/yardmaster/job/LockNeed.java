package io.yardmaster.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * A lock that a run of a job takes before it begins.
 *
 * @param lock its name in the job's namespace, or {@code namespace/name}
 * @param mode of a read-write lock; null for every other
 * @param permits of a semaphore, null for one; null for every other
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record LockNeed(String lock, Mode mode, Integer permits) {
    /** How a read-write lock is taken. */
    public enum Mode {
        READ,
        WRITE
    }

    public LockNeed {
        lock = Objects.requireNonNullElse(lock, "");
    }

    /** As {@code namespace/name}, for a job of {@code namespace}. */
    public String fullName(String namespace) {
        return lock.indexOf('/') >= 0 ? lock : namespace + "/" + lock;
    }
}
