package io.yardmaster.queue;

import java.util.List;
import org.jdbi.v3.core.statement.Query;

/** The statement that ends attempts, for those who look at its plan. */
public final class AttemptEndPlans {
    public static final String MOVE = AttemptEndSql.MOVE;

    private AttemptEndPlans() {}

    /** What {@link AttemptEnds} binds, of {@code runs}. */
    public static Query bind(Query query, List<Long> runs) {
        return AttemptEnds.bound(
                        query,
                        runs.stream()
                                .map(run -> new AttemptEnd(
                                        run, 1, io.yardmaster.run.RunState.SUCCEEDED, 0, null, null, null, null))
                                .toList())
                .bindNull("node", java.sql.Types.BIGINT)
                .bind("forced", false)
                .bind("lost", false)
                .bind("heldReason", "lost");
    }
}
