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
     */
    public record Command(Kind kind, RunRef run) {}

    /** What a server can ask of a held attempt. */
    public enum Kind {
        CANCEL
    }
}
