package io.yardmaster.protocol;

import io.yardmaster.task.Task;
import java.util.Map;
import java.util.Objects;

/**
 * All that a worker needs to execute one attempt.
 *
 * @param ref which run and epoch
 * @param namespace of the job
 * @param job name of the job
 * @param attempt counted from 1
 * @param nominalTime the schedule's instant in ISO-8601, UTC; null if the run was not scheduled
 * @param task what to do
 * @param parameters given to the task as environment, by name
 * @param timeoutMillis running time after which the attempt is ended as timed out; 0 for none
 * @param outputLimit bytes of output kept; what is beyond is counted as a gap
 * @param tokens of the locks that the attempt holds, by {@code namespace/name}; none if absent
 */
public record Assignment(
        RunRef ref,
        String namespace,
        String job,
        int attempt,
        String nominalTime,
        Task task,
        Map<String, String> parameters,
        long timeoutMillis,
        long outputLimit,
        Map<String, Long> tokens) {
    public Assignment {
        tokens = Objects.requireNonNullElse(tokens, Map.of());
    }
}
