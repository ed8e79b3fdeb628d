package io.yardmaster.web.run;

import io.yardmaster.database.Transaction;
import io.yardmaster.queue.RunAct;
import io.yardmaster.run.FoundRuns;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunFilter;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an act would do to all runs that a filter finds.
 *
 * @param lines by state, in the order of a run's life
 * @param through id of the newest run there is: none that comes later is changed
 * @param first the newest of those that would be changed
 */
public record BulkPreview(RunAct act, List<Line> lines, long through, List<RunLine> first) {
    private static final int SHOWN = 10;

    /**
     * Runs of one state.
     *
     * @param more whether there may be more than that: so many were counted
     */
    public record Line(RunState state, int runs, boolean more, boolean changes) {}

    /** @param changeable finds of what {@code filter} finds that which is not already as the act would make it */
    static BulkPreview read(Transaction transaction, RunAct act, RunFilter filter, RunFilter changeable) {
        FoundRuns found = new FoundRuns();
        long through = found.newest(transaction);
        Map<RunState, Integer> counts = found.count(transaction, filter, through);
        Map<RunState, Integer> other =
                changeable.equals(filter) ? counts : found.count(transaction, changeable, through);
        Set<RunState> fit = other.keySet().stream()
                .filter(act::fits)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(RunState.class)));
        Instant now = transaction.now();
        List<Run> first =
                fit.isEmpty() ? List.of() : new Runs().list(transaction, changeable.inStates(fit), through + 1, SHOWN);
        return new BulkPreview(
                act,
                counts.keySet().stream()
                        .flatMap(state -> lines(state, counts, fit.contains(state) ? other.get(state) : 0))
                        .toList(),
                through,
                first.stream().map(run -> RunLine.of(run, now)).toList());
    }

    /** Those of {@code state} that would be changed, and those that would not. */
    private static Stream<Line> lines(RunState state, Map<RunState, Integer> counts, int changes) {
        boolean more = isCut(counts, state.isFinal());
        int stay = Math.max(0, counts.get(state) - changes);
        return Stream.of(new Line(state, changes, more, true), new Line(state, stay, more, false))
                .filter(line -> line.runs() > 0);
    }

    private static boolean isCut(Map<RunState, Integer> counts, boolean ended) {
        int all = counts.entrySet().stream()
                .filter(one -> one.getKey().isFinal() == ended)
                .mapToInt(Map.Entry::getValue)
                .sum();
        return all >= (ended ? FoundRuns.MOST_ENDED : FoundRuns.MOST_UNFINISHED);
    }

    /** How many would be changed, as far as they were counted. */
    public int changes() {
        return lines.stream().filter(Line::changes).mapToInt(Line::runs).sum();
    }

    /** Whether there may be more of them. */
    public boolean more() {
        return lines.stream().anyMatch(line -> line.changes() && line.more());
    }

    /** States in which the act is possible. */
    public List<RunState> fit() {
        return Arrays.stream(RunState.values()).filter(act::fits).toList();
    }
}
