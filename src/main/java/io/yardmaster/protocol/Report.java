package io.yardmaster.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * How an attempt ended, sent until it is acknowledged.
 *
 * @param ref which run and epoch
 * @param outcome how
 * @param exitCode of the task's process; null where there was none
 * @param message one line for people, at most 1,000 characters; may be null
 * @param result what the task left in {@code YARDMASTER_OUTPUT}, a JSON object; may be null
 * @param startedAgoMillis how long before this sending the task began, by the worker's monotonic clock
 * @param endedAgoMillis how long before this sending it ended
 * @param ranMillis how long it ran, its pauses left out; null if it was never paused
 * @param outputBytes how many bytes the attempt printed in all, gaps included
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Report(
        RunRef ref,
        Outcome outcome,
        Integer exitCode,
        String message,
        JsonNode result,
        long startedAgoMillis,
        long endedAgoMillis,
        Long ranMillis,
        long outputBytes) {
    /** How an attempt can end, as the worker sees it. */
    public enum Outcome {
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        CANCELLED
    }
}
