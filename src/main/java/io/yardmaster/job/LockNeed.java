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
 * @param when what the variables of a condition must be like, in CEL; null for a signal, whatever they are like; null for every other
 * @param timeout seconds to wait for a condition, from when the run is ready; null for ever
 * @param otherwise what becomes of the run then; null if it waits for ever
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record LockNeed(String lock, Mode mode, Integer permits, String when, Long timeout, Otherwise otherwise) {
    /** How a read-write lock is taken. */
    public enum Mode {
        READ,
        WRITE
    }

    /** What becomes of a run that has waited for a condition for too long. */
    public enum Otherwise {
        FAIL,
        SKIP,
        RUN
    }

    public LockNeed {
        lock = Objects.requireNonNullElse(lock, "");
        otherwise = otherwise == null && timeout != null ? Otherwise.FAIL : otherwise;
    }

    /** Of one that is no condition, or of a condition's signal. */
    public LockNeed(String lock, Mode mode, Integer permits) {
        this(lock, mode, permits, null, null, null);
    }

    /** As {@code namespace/name}, for a job of {@code namespace}. */
    public String fullName(String namespace) {
        return lock.indexOf('/') >= 0 ? lock : namespace + "/" + lock;
    }
}
