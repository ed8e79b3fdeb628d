package io.yardmaster.trigger;

import io.yardmaster.run.RunState;
import io.yardmaster.timetable.Occurrence;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a backfill would do.
 *
 * @param lines all instants, oldest first
 * @param skipped how many more the calendar leaves out
 * @param calendar its name; null for none
 */
public record BackfillPlan(List<Line> lines, int skipped, String calendar) {
    private static final int SHOWN = 10;

    /**
     * One instant.
     *
     * @param due when it was due
     * @param run id of the run it has; null for none
     * @param state that run's
     * @param leftOut whether that run makes another one needless
     */
    public record Line(Instant nominal, Instant due, String adjustment, Long run, RunState state, boolean leftOut) {
        private static Line of(Occurrence occurrence, PastRuns.PastRun past, boolean again) {
            return past == null
                    ? new Line(occurrence.nominal(), occurrence.at(), occurrence.adjusted(), null, null, false)
                    : new Line(
                            occurrence.nominal(),
                            occurrence.at(),
                            occurrence.adjusted(),
                            past.id(),
                            past.state(),
                            past.counts() && !again);
        }

        /** Whether a calendar moved it. */
        public boolean moved() {
            return !due.equals(nominal);
        }
    }

    /** @param again whether those that have a good run are run nevertheless */
    static BackfillPlan of(
            BackfillInstants instants, Map<Instant, PastRuns.PastRun> past, String calendar, boolean again) {
        List<Line> lines = instants.wanted().stream()
                .map(occurrence -> Line.of(occurrence, past.get(occurrence.nominal()), again))
                .toList();
        return new BackfillPlan(lines, instants.skipped(), calendar);
    }

    public int instants() {
        return lines.size();
    }

    /** How many have a run, good or bad. */
    public long withRun() {
        return lines.stream().filter(line -> line.run() != null).count();
    }

    /** How many are left out. */
    public long leftOut() {
        return lines.stream().filter(Line::leftOut).count();
    }

    public long toRun() {
        return instants() - leftOut();
    }

    public List<Line> first() {
        return lines.subList(0, Math.min(SHOWN, lines.size()));
    }

    /** Those of the end that are not among the first. */
    public List<Line> last() {
        return lines.subList(Math.max(Math.min(SHOWN, lines.size()), lines.size() - SHOWN), lines.size());
    }
}
