package io.yardmaster.agent;

import io.yardmaster.protocol.PollAnswer;
import jakarta.ws.rs.container.AsyncResponse;
import java.util.List;

/**
 * A request that waits for something to say.
 *
 * @param response to be resumed once
 * @param until when it is answered with nothing, nanoseconds of the monotonic clock
 */
record OpenPoll(long session, AsyncResponse response, long until) {
    private static final PollAnswer NOTHING = new PollAnswer(List.of(), List.of());

    void answer(PollAnswer answer) {
        response.resume(answer);
    }

    void answerNothing() {
        response.resume(NOTHING);
    }
}
