package io.yardmaster.web.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.dispatch.Obstacle;
import io.yardmaster.dispatch.Waiting;
import io.yardmaster.run.RunState;
import java.time.Instant;
import java.util.List;

/**
 * Why a run waits, as the API tells it; what does not apply is left out.
 *
 * @param ahead how many ready runs of its queue go first, as far as is counted
 * @param aheadAtLeast whether there are more than that
 * @param reasons what is in its way; empty if it does not wait
 * @param predictedStart left out if nobody knows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WaitingAnswer(
        String id, RunState state, Integer ahead, Boolean aheadAtLeast, List<Reason> reasons, Instant predictedStart) {
    /** In English, as all that programs are told. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reason(Obstacle.Kind kind, String message, String remedy, Instant at) {
        private static Reason of(Obstacle obstacle) {
            return new Reason(
                    obstacle.kind(),
                    obstacle.said().english(),
                    obstacle.remedy().english(),
                    obstacle.at());
        }
    }

    static WaitingAnswer of(String id, RunState state, Waiting waiting) {
        Integer ahead = waiting.ahead();
        return new WaitingAnswer(
                id,
                state,
                ahead == null ? null : Math.min(ahead, Waiting.MOST_AHEAD),
                ahead == null ? null : ahead > Waiting.MOST_AHEAD,
                waiting.obstacles().stream().map(Reason::of).toList(),
                waiting.predictedStart());
    }
}
