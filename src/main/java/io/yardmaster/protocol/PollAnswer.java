package io.yardmaster.protocol;

import java.util.List;

/**
 * {@code GET /agent/v1/sessions/{session}/poll}: held open until there is something to say, at most 20 s. Only one
 * poll of a session is open at a time; a newer one ends the older with an empty answer.
 *
 * @param offers to be accepted at once, or left to lapse
 * @param commands for attempts that the worker holds; repeated in every answer until they have taken effect
 */
public record PollAnswer(List<RunRef> offers, List<Command> commands) {
    /**
     * @param kind what to do
     * @param run with which attempt
     * @param sequence of what was asked of the attempt's pace, growing from 1; what is older than the last is of the past.
     *     0 for {@code CANCEL}
     */
    public record Command(Kind kind, RunRef run, int sequence) {}

    /** What a server can ask of a held attempt. */
    public enum Kind {
        CANCEL,
        /** To stop all its processes where they are; to be answered by a {@link PauseReport}. */
        PAUSE,
        /** To let them go on; likewise. */
        RESUME
    }
}
