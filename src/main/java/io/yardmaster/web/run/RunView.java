package io.yardmaster.web.run;

import io.yardmaster.database.Transaction;
import io.yardmaster.run.Attempt;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Verdict;
import io.yardmaster.run.Verdicts;
import io.yardmaster.trigger.CalendarShift;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * All that the page of a run tells, but for its output.
 *
 * @param line the run itself
 * @param waiting why it is not running yet; null unless it waits
 * @param verdict what somebody made of it; null if nobody decided
 * @param moved what a calendar made of its instant; null if it stayed
 * @param parameters by name, each as it may be shown
 * @param result pretty JSON; null if there is none
 */
record RunView(
        RunLine line,
        RunFacts facts,
        WaitingView waiting,
        Verdict verdict,
        CalendarShift moved,
        List<AttemptLine> attempts,
        List<Step> steps,
        List<RunFacts.Note> notes,
        Map<String, String> parameters,
        String result) {
    static RunView of(Transaction transaction, Run run, WaitingView waiting, Instant now) {
        RunFacts facts = RunFacts.read(transaction, run.id());
        List<Long> nodes = run.attempts().stream()
                .map(Attempt::node)
                .filter(Objects::nonNull)
                .map(Long::valueOf)
                .toList();
        List<AttemptLine> attempts = AttemptLine.of(run, RunFacts.nodeNames(transaction, nodes));
        Map<String, String> parameters = new TreeMap<>();
        run.parameters().forEach((name, value) -> parameters.put(Unseen.shown(name), Unseen.shown(value)));
        boolean hasResult = run.ending() != null && run.ending().result() != null;
        return new RunView(
                RunLine.of(run, now),
                facts,
                waiting,
                run.state() == RunState.UNKNOWN
                        ? new Verdicts().find(transaction, run.id()).orElse(null)
                        : null,
                moved(transaction, run, facts),
                attempts,
                Step.of(run, facts, attempts),
                RunFacts.notes(transaction, run.id()),
                parameters,
                hasResult ? Unseen.shown(run.ending().result().toPrettyString()) : null);
    }

    private static CalendarShift moved(Transaction transaction, Run run, RunFacts facts) {
        return facts.scheduleId() == null || run.nominalAt() == null
                ? null
                : CalendarShift.of(transaction, facts.scheduleId(), run.nominalAt())
                        .orElse(null);
    }

    public Run run() {
        return line.run();
    }

    public boolean isOver() {
        return run().state().isFinal();
    }

    /** Whether nobody knows what became of it, and nobody has decided. */
    public boolean isUndecided() {
        return run().state() == RunState.UNKNOWN && verdict == null;
    }

    /** The reason of its verdict as it may be shown. */
    public String verdictReason() {
        return verdict == null ? null : Unseen.shown(verdict.reason());
    }

    /** Whether asking for its end would still do something. */
    public boolean canBeCancelled() {
        return !isOver() && run().cancellation() == null;
    }

    /** Whether somebody may keep it from running: it runs, or stands still until its turn comes. */
    public boolean canBePaused() {
        return isRunning() && run().cancellation() == null && facts.pausable() && !isPausedByHand();
    }

    /** Whether somebody paused it, or asked for that. */
    public boolean isPausedByHand() {
        return isRunning() && run().pausing() != null && run().pausing().by() != null;
    }

    /** Whether it was asked to pause and has not yet. */
    public boolean isPausing() {
        return run().state() == RunState.RUNNING
                && run().pausing() != null
                && run().pausing().wanted();
    }

    /** How many stretches of running time it has had, this attempt or the last one. */
    public int slices() {
        return run().state() == RunState.PAUSED ? pauses() : pauses() + 1;
    }

    /** How often it was paused, this attempt or the last one. */
    public int pauses() {
        AttemptLine last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
        if (last == null || !isOver()) {
            return run().pausing() == null ? 0 : run().pausing().times();
        }
        return last.pauses() == null ? 0 : last.pauses();
    }

    public boolean isCancelling() {
        return !isOver() && run().cancellation() != null;
    }

    /** How late it began behind the instant at which it was due; null unless it was scheduled and began. */
    public java.time.Duration late() {
        Run.Times times = run().times();
        return run().nominalAt() == null || times.startedAt() == null
                ? null
                : RunLine.positive(times.dueAt(), times.startedAt());
    }

    /** Which attempt's output to show: the one asked for, else the newest; null if there was none. */
    AttemptLine attempt(Long epoch) {
        if (attempts.isEmpty()) {
            return null;
        }
        return attempts.stream()
                .filter(attempt -> epoch != null && attempt.epoch() == epoch)
                .findFirst()
                .orElse(attempts.get(attempts.size() - 1));
    }

    boolean isRunning() {
        return run().state() == RunState.RUNNING || run().state() == RunState.PAUSED;
    }
}
