package io.yardmaster.web.run;

import io.yardmaster.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Something that happened to a run.
 *
 * @param since how long after the step before; null for the first
 * @param attempt whose beginning or end it was; null if of none
 */
public record Step(Kind kind, Instant at, Duration since, AttemptLine attempt) {
    /** What can happen, in the order in which steps of one instant are told. */
    public enum Kind {
        DUE,
        CREATED,
        READY,
        OFFERED,
        STARTED,
        CANCEL_REQUESTED,
        ATTEMPT_ENDED,
        ENDED
    }

    /** Oldest first. */
    static List<Step> of(Run run, RunFacts facts, List<AttemptLine> attempts) {
        Run.Times times = run.times();
        List<Step> steps = new ArrayList<>();
        if (run.nominalAt() != null) {
            add(steps, Kind.DUE, times.dueAt(), null);
        }
        add(steps, Kind.CREATED, times.createdAt(), null);
        if (!times.createdAt().equals(times.readyAt())) {
            add(steps, Kind.READY, times.readyAt(), null);
        }
        for (AttemptLine attempt : attempts) {
            add(steps, Kind.STARTED, attempt.startedAt(), attempt);
            boolean end = attempt.endedAt() != null && attempt.endedAt().equals(times.endedAt());
            add(steps, end ? Kind.ENDED : Kind.ATTEMPT_ENDED, attempt.endedAt(), attempt);
        }
        add(steps, Kind.OFFERED, facts.offeredAt(), null);
        if (run.cancellation() != null) {
            add(steps, Kind.CANCEL_REQUESTED, run.cancellation().at(), null);
        }
        if (steps.stream().noneMatch(step -> step.kind == Kind.ENDED)) {
            add(steps, Kind.ENDED, times.endedAt(), null);
        }
        steps.sort(Comparator.comparing(Step::at).thenComparing(Step::kind));
        return timed(steps);
    }

    private static void add(List<Step> steps, Kind kind, Instant at, AttemptLine attempt) {
        if (at != null) {
            steps.add(new Step(kind, at, null, attempt));
        }
    }

    private static List<Step> timed(List<Step> steps) {
        List<Step> timed = new ArrayList<>();
        Instant before = null;
        for (Step step : steps) {
            timed.add(new Step(
                    step.kind, step.at, before == null ? null : RunLine.positive(before, step.at), step.attempt));
            before = step.at;
        }
        return timed;
    }
}
