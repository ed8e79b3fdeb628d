package io.yardmaster.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.run.RunState;
import java.time.Instant;

/**
 * What became of one attempt.
 *
 * @param run id of the run
 * @param epoch the offer that the attempt came from; of another epoch nothing is changed
 * @param state final state
 * @param exitCode of its process; null where there was none
 * @param message one line for people; may be null
 * @param result JSON object; may be null
 * @param startedAt when the task began, if better known than by its acceptance; may be null
 * @param endedAt when it ended
 * @param ranSeconds how long it ran between the two; null if all the time, or nobody knows
 */
public record AttemptEnd(
        long run,
        long epoch,
        RunState state,
        Integer exitCode,
        String message,
        JsonNode result,
        Instant startedAt,
        Instant endedAt,
        Double ranSeconds) {
    /** Of an attempt of which nobody tells pauses. */
    public AttemptEnd(
            long run,
            long epoch,
            RunState state,
            Integer exitCode,
            String message,
            JsonNode result,
            Instant startedAt,
            Instant endedAt) {
        this(run, epoch, state, exitCode, message, result, startedAt, endedAt, null);
    }
}
