package io.yardmaster.web.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.run.Attempt;
import io.yardmaster.run.Cause;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.web.api.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A run as the API tells it; what is not yet or does not apply is left out.
 *
 * @param job as {@code namespace/name}
 * @param queue as {@code namespace/name}
 * @param adjustment what a clock change did to the nominal instant
 * @param deadlineAt by when it should have started
 * @param epoch counts the offers to nodes
 * @param attempt counts the nodes' acceptances
 * @param heldReason empty where none was given
 * @param pausedBy who paused it; left out if its slice had ended
 * @param ranSeconds running time of the attempt under way, up to its last pause
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunAnswer(
        String id,
        RunState state,
        String job,
        int jobVersion,
        String queue,
        Cause.Kind cause,
        String causedBy,
        Instant nominalAt,
        String adjustment,
        int priority,
        Instant deadlineAt,
        Instant dueAt,
        Instant createdAt,
        Instant readyAt,
        Instant startedAt,
        Instant endedAt,
        long epoch,
        int attempt,
        String node,
        String waitingFor,
        Instant waitingUntil,
        Instant heldAt,
        String heldBy,
        String heldReason,
        Instant cancelRequestedAt,
        String cancelRequestedBy,
        Instant pausedAt,
        String pausedBy,
        Integer pauses,
        Double ranSeconds,
        Integer exitCode,
        String message,
        JsonNode result,
        Map<String, String> parameters,
        List<Attempt> attempts) {

    static RunAnswer of(Run run) {
        Run.Waiting waiting = run.waiting();
        Run.Hold hold = run.hold();
        Run.Cancellation cancellation = run.cancellation();
        Run.Ending ending = run.ending();
        Run.Pausing pausing = run.pausing();
        return new RunAnswer(
                Ids.written(run.id()),
                run.state(),
                run.job().namespace() + "/" + run.job().name(),
                run.job().version(),
                run.queue().namespace() + "/" + run.queue().name(),
                run.cause().kind(),
                run.cause().by(),
                run.nominalAt(),
                run.adjustment(),
                run.urgency().priority(),
                run.urgency().deadlineAt(),
                run.times().dueAt(),
                run.times().createdAt(),
                run.times().readyAt(),
                run.times().startedAt(),
                run.times().endedAt(),
                run.placement().epoch(),
                run.placement().attempt(),
                run.placement().nodeName(),
                waiting == null ? null : waiting.reason(),
                waiting == null ? null : waiting.until(),
                hold == null ? null : hold.at(),
                hold == null ? null : hold.by(),
                hold == null ? null : hold.reason(),
                cancellation == null ? null : cancellation.at(),
                cancellation == null ? null : cancellation.by(),
                pausing == null ? null : pausing.since(),
                pausing == null ? null : pausing.by(),
                pausing == null ? null : pausing.times(),
                pausing == null || pausing.ran() == null ? null : pausing.ran().toMillis() / 1000.0,
                ending == null ? null : ending.exitCode(),
                ending == null ? null : ending.message(),
                ending == null ? null : ending.result(),
                run.parameters(),
                run.attempts());
    }
}
