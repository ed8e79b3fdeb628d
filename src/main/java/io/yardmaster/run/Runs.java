package io.yardmaster.run;

import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Reads runs, hot and cold alike. Writing them is package {@code queue}'s. */
public final class Runs {
    /** Index {@code run_pkey}, and {@code run_history_pkey} of the one partition that the id falls in. */
    private static final String FIND =
            "WITH found AS (SELECT " + RunColumns.HOT + " FROM run r WHERE r.id = :id UNION ALL SELECT "
                    + RunColumns.COLD + " FROM run_history r WHERE r.id = :id) " + RunColumns.NAMED;

    /** Indexes {@code run_pkey} or {@code run_by_job}; cold: the same of {@code run_history}, newest partition first. */
    private static final String NEWEST_FIRST = """
            AND r.id < :before
            """ + FilterSql.FITTING + "ORDER BY r.id DESC LIMIT :limit\n";

    private static final String LIST = "WITH found AS ((SELECT " + RunColumns.HOT + " FROM run r WHERE :hot "
            + NEWEST_FIRST + ") UNION ALL (SELECT " + RunColumns.COLD + " FROM run_history r WHERE :cold "
            + NEWEST_FIRST + ")) " + RunColumns.NAMED + " ORDER BY r.id DESC LIMIT :limit";

    /**
     * The same of a few jobs, each looked up in {@code run_by_job} and {@code run_history_by_job}: of namespaces in which
     * little happens, the newest runs stand far apart in the history, and {@link #LIST} would read all that lies between.
     */
    private static final String LIST_OF_FEW =
            "WITH found AS ((SELECT " + RunColumns.HOT + " FROM run r WHERE r.id = ANY (ARRAY("
                    + ofFew("run", ":hot") + "))) UNION ALL (SELECT " + RunColumns.COLD
                    + " FROM run_history r WHERE r.id = ANY (ARRAY(" + ofFew("run_history", ":cold") + ")))) "
                    + RunColumns.NAMED
                    + " ORDER BY r.id DESC LIMIT :limit";

    private static String ofFew(String table, String wanted) {
        return "SELECT c.id FROM job f CROSS JOIN LATERAL (SELECT r.id FROM " + table + " r WHERE r.job_id = f.id AND "
                + wanted + " " + NEWEST_FIRST
                + ") c WHERE f.namespace = ANY (:namespaces) ORDER BY c.id DESC LIMIT :limit";
    }

    /** The run, wherever it stands. */
    public Optional<Run> find(Transaction transaction, long id) {
        return transaction
                .sql()
                .createQuery(FIND)
                .bind("id", id)
                .map(new RunMapper())
                .findFirst();
    }

    /**
     * Runs newest first.
     *
     * @param before only ids below this: the last of the page before, or {@link Long#MAX_VALUE}
     * @param limit 1 to 500
     */
    public List<Run> list(Transaction transaction, RunFilter filter, long before, int limit) {
        Query query = transaction
                .sql()
                .createQuery(FilterSql.isOfFewJobs(transaction, filter) ? LIST_OF_FEW : LIST)
                .bind("before", before)
                .bind("limit", Math.max(1, Math.min(limit, 500)))
                .bind("hot", filter.mayBeUnfinished())
                .bind("cold", filter.mayBeFinished());
        return FilterSql.bound(query, filter).map(new RunMapper()).list();
    }
}
