package io.yardmaster.run;

import io.yardmaster.database.Transaction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.Query;

/** All runs that a filter finds: how many they are, and their ids, some at a time. */
public final class FoundRuns {
    /** As far as unfinished ones are counted, and those that have ended. */
    public static final int MOST_UNFINISHED = 100_000;

    public static final int MOST_ENDED = 10_000;

    private static final String WITHIN = " r WHERE r.id > :after AND r.id <= :through ";

    /** Index {@code run_pkey}; of history {@code run_history_by_state}, newest partition first. */
    private static final String COUNT = "SELECT state, count(*) AS runs FROM ((SELECT r.state FROM run" + WITHIN
            + FilterSql.FITTING + "AND :hot LIMIT :unfinished) UNION ALL (SELECT r.state FROM run_history" + WITHIN
            + FilterSql.FITTING + "AND :cold LIMIT :ended)) found GROUP BY state";

    private static final String UNFINISHED =
            "SELECT r.id FROM run" + WITHIN + FilterSql.FITTING + "ORDER BY r.id LIMIT :limit";

    private static final String ENDED =
            "SELECT r.id FROM run_history" + WITHIN + FilterSql.FITTING + "ORDER BY r.id LIMIT :limit";

    private static final String NEWEST =
            "SELECT greatest((SELECT max(id) FROM run), (SELECT max(id) FROM run_history), 0)";

    /** Id of the newest run: what is found up to it is there now. */
    public long newest(Transaction transaction) {
        return transaction.sql().createQuery(NEWEST).mapTo(Long.class).one();
    }

    /** How many runs there are up to {@code through} by state, counted to {@link #MOST_UNFINISHED} and {@link #MOST_ENDED}. */
    public Map<RunState, Integer> count(Transaction transaction, RunFilter filter, long through) {
        Map<RunState, Integer> counts = new TreeMap<>();
        bound(transaction.sql().createQuery(COUNT), filter, 0, through)
                .bind("hot", filter.mayBeUnfinished())
                .bind("cold", filter.mayBeFinished())
                .bind("unfinished", MOST_UNFINISHED)
                .bind("ended", MOST_ENDED)
                .map((row, context) -> counts.put(RunState.valueOf(row.getString("state")), row.getInt("runs")))
                .list();
        return counts;
    }

    /**
     * Ids above {@code after} up to {@code through}, ascending.
     *
     * @param states one of which they are in beside what the filter says; either all final or none
     */
    public List<Long> ids(Transaction transaction, RunFilter filter, Set<RunState> states, Range range) {
        Set<RunState> wanted = EnumSet.copyOf(states);
        if (filter.states() != null && !filter.states().isEmpty()) {
            wanted.retainAll(filter.states());
        }
        if (wanted.isEmpty()) {
            return new ArrayList<>();
        }
        boolean ended = wanted.iterator().next().isFinal();
        return bound(
                        transaction.sql().createQuery(ended ? ENDED : UNFINISHED),
                        filter.inStates(wanted),
                        range.after(),
                        range.through())
                .bind("limit", range.limit())
                .mapTo(Long.class)
                .list();
    }

    /** Ids above {@code after} up to {@code through}, at most {@code limit}. */
    public record Range(long after, long through, int limit) {}

    private static Query bound(Query query, RunFilter filter, long after, long through) {
        return FilterSql.bound(query, filter).bind("after", after).bind("through", through);
    }
}
