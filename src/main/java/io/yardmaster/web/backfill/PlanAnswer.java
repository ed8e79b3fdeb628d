package io.yardmaster.web.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.run.RunState;
import io.yardmaster.trigger.BackfillPlan;
import io.yardmaster.web.api.Ids;
import java.time.Instant;
import java.util.List;

/**
 * What a backfill would do, as the API tells it.
 *
 * @param withRun how many instants have a run, good or bad
 * @param leftOut how many of them need no other
 * @param skipped how many more the calendar leaves out
 * @param first ten of them
 * @param last ten of those that are not among the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlanAnswer(
        int instants,
        long toRun,
        long withRun,
        long leftOut,
        int skipped,
        String calendar,
        List<Line> first,
        List<Line> last) {
    /**
     * An instant, with the run it has, if any.
     *
     * @param dueAt where the calendar moved it; null if it did not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(Instant nominalAt, Instant dueAt, String adjustment, String run, RunState runState, boolean leftOut) {
        private static Line of(BackfillPlan.Line line) {
            Instant dueAt = line.moved() ? line.due() : null;
            return new Line(
                    line.nominal(), dueAt, line.adjustment(), Ids.written(line.run()), line.state(), line.leftOut());
        }
    }

    static PlanAnswer of(BackfillPlan plan) {
        return new PlanAnswer(
                plan.instants(),
                plan.toRun(),
                plan.withRun(),
                plan.leftOut(),
                plan.skipped(),
                plan.calendar(),
                plan.first().stream().map(Line::of).toList(),
                plan.last().stream().map(Line::of).toList());
    }
}
