package io.yardmaster.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What came of a {@code PAUSE} or {@code RESUME}, sent until it is acknowledged.
 *
 * @param ref which run and epoch
 * @param sequence of the command
 * @param outcome what came of it
 * @param ranMillis how long the attempt has run so far, its pauses left out
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PauseReport(RunRef ref, int sequence, Outcome outcome, long ranMillis) {
    /** What can come of it. */
    public enum Outcome {
        /** Nothing of it moves. */
        PAUSED,
        /** It runs. */
        RESUMED,
        /** It runs on, since it could not be stopped. */
        REFUSED
    }
}
