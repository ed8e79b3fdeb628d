package io.yardmaster.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * One try at a run that is over, kept in the run's row.
 *
 * @param attempt counted from 1
 * @param epoch the offer that it came from
 * @param node id of the node; a string, as everywhere in JSON
 * @param startedAt when the node accepted it
 * @param endedAt when its end was known
 * @param outcome a final {@link RunState}, or {@code LOST} when the node was
 * @param exitCode of its process; null where there was none
 * @param message one line for people; may be null
 * @param ranSeconds how long it ran between the two; null if it was never paused
 * @param pauses how many times it was paused; null likewise
 * @param retryAt when the next was to begin; null unless its job's retries led to one
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(
        int attempt,
        long epoch,
        String node,
        Instant startedAt,
        Instant endedAt,
        String outcome,
        Integer exitCode,
        String message,
        Double ranSeconds,
        Integer pauses,
        Instant retryAt) {}
