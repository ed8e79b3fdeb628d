package io.yardmaster.web.run;

import io.yardmaster.database.Said;
import io.yardmaster.run.Attempt;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A try at a run, over or under way.
 *
 * @param node id; 0 if nobody knows
 * @param nodeName null likewise
 * @param endedAt null while under way
 * @param ran how long it ran between the two; null while under way, or if it was never paused
 * @param pauses how many times it was paused; null likewise
 * @param outcome name of a state, {@code LOST}, or null while under way
 */
public record AttemptLine(
        int number,
        long epoch,
        long node,
        String nodeName,
        Instant startedAt,
        Instant endedAt,
        String outcome,
        Integer exitCode,
        Said told,
        Duration ran,
        Integer pauses) {
    private static final String LOST = "LOST";

    /**
     * Oldest first, the one under way last.
     *
     * @param names of nodes by id
     */
    static List<AttemptLine> of(Run run, Map<String, String> names) {
        List<AttemptLine> lines = new ArrayList<>();
        run.attempts().forEach(attempt -> lines.add(over(attempt, names)));
        if (run.state() == RunState.RUNNING || run.state() == RunState.PAUSED) {
            Run.Placement at = run.placement();
            lines.add(new AttemptLine(
                    at.attempt(),
                    at.epoch(),
                    at.node(),
                    at.nodeName(),
                    run.times().startedAt(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));
        }
        return lines;
    }

    private static AttemptLine over(Attempt attempt, Map<String, String> names) {
        return new AttemptLine(
                attempt.attempt(),
                attempt.epoch(),
                attempt.node() == null ? 0 : Long.parseLong(attempt.node()),
                names.get(attempt.node()),
                attempt.startedAt(),
                attempt.endedAt(),
                attempt.outcome(),
                attempt.exitCode(),
                Told.of(Unseen.shown(attempt.message())),
                attempt.ranSeconds() == null ? null : Duration.ofMillis(Math.round(attempt.ranSeconds() * 1000)),
                attempt.pauses());
    }

    public boolean isUnderWay() {
        return endedAt == null;
    }

    /** Whether its node was lost: what it printed last may never have arrived. */
    public boolean isLost() {
        return LOST.equals(outcome);
    }

    /** Null while under way. */
    public Duration lasted() {
        return endedAt == null || startedAt == null ? null : RunLine.positive(startedAt, endedAt);
    }
}
