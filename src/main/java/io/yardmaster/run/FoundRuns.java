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

    /** Index {@code run_pkey}; of history {@code run_history_by_state}, newest partition first. */
    private static final Statements OF_ALL = Statements.of(
            "SELECT r.id, r.state FROM %s r WHERE r.id > :after AND r.id <= :through %s" + FilterSql.FITTING);

    /**
     * Indexes {@code run_by_job} and {@code run_history_by_job}: of namespaces in which little happens, {@link #OF_ALL} would
     * read all history.
     */
    private static final Statements OF_FEW = Statements.of(
            "SELECT c.id, c.state FROM job f CROSS JOIN LATERAL (SELECT r.id, r.state FROM %s r WHERE r.job_id = f.id"
                    + " AND r.id > :after AND r.id <= :through %s" + FilterSql.FITTING
                    + "ORDER BY r.id LIMIT %s) c WHERE f.namespace = ANY (:namespaces) ");

    private record Statements(String count, String unfinished, String ended) {
        static Statements of(String found) {
            return new Statements(
                    "SELECT state, count(*) AS runs FROM (("
                            + found.formatted("run", "AND :hot ", ":unfinished") + "LIMIT :unfinished) UNION ALL ("
                            + found.formatted("run_history", "AND :cold ", ":ended")
                            + "LIMIT :ended)) found GROUP BY state",
                    first(found, "run"),
                    first(found, "run_history"));
        }

        private static String first(String found, String table) {
            return found.formatted(table, "", ":limit") + "ORDER BY id LIMIT :limit";
        }
    }

    private static final String NEWEST =
            "SELECT greatest((SELECT max(id) FROM run), (SELECT max(id) FROM run_history), 0)";

    /** Id of the newest run: what is found up to it is there now. */
    public long newest(Transaction transaction) {
        return transaction.sql().createQuery(NEWEST).mapTo(Long.class).one();
    }

    /** How many runs there are up to {@code through} by state, counted to {@link #MOST_UNFINISHED} and {@link #MOST_ENDED}. */
    public Map<RunState, Integer> count(Transaction transaction, RunFilter filter, long through) {
        Map<RunState, Integer> counts = new TreeMap<>();
        bound(transaction.sql().createQuery(statements(transaction, filter).count()), filter, 0, through)
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
        Statements statements = statements(transaction, filter);
        return bound(
                        transaction.sql().createQuery(ended ? statements.ended() : statements.unfinished()),
                        filter.inStates(wanted),
                        range.after(),
                        range.through())
                .bind("limit", range.limit())
                .mapTo(Long.class)
                .list();
    }

    /** Ids above {@code after} up to {@code through}, at most {@code limit}. */
    public record Range(long after, long through, int limit) {}

    private static Statements statements(Transaction transaction, RunFilter filter) {
        return FilterSql.isOfFewJobs(transaction, filter) ? OF_FEW : OF_ALL;
    }

    private static Query bound(Query query, RunFilter filter, long after, long through) {
        return FilterSql.bound(query, filter).bind("after", after).bind("through", through);
    }
}
