package io.yardmaster.run;

import io.yardmaster.database.Transaction;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;

/** What people made of runs that ended as UNKNOWN, and which of them nobody has decided. A verdict is never changed. */
public final class Verdicts {
    private static final String EVERYWHERE = "*";

    /** Index {@code run_history_pkey}. */
    private static final String DECIDE = """
            INSERT INTO run_verdict (run_id, verdict, reason, rerun_id, decided_by)
            SELECT id, :verdict, :reason, :rerun, :by FROM run_history WHERE id = :run AND state = 'UNKNOWN'
            ON CONFLICT (run_id) DO NOTHING
            """;

    /** Indexes {@code run_history_by_state}, newest partition first, and {@code run_verdict_pkey}. */
    private static final String UNDECIDED = """
            FROM run_history r
            WHERE r.state = 'UNKNOWN' AND r.id < :before
              AND NOT EXISTS (SELECT FROM run_verdict v WHERE v.run_id = r.id)
              AND (:everywhere OR EXISTS (
                  SELECT FROM job j WHERE j.id = r.job_id AND j.namespace = ANY (:namespaces)))
            ORDER BY r.id DESC LIMIT :limit
            """;

    private static final String LIST =
            "WITH found AS (SELECT " + RunColumns.COLD + UNDECIDED + ") " + RunColumns.NAMED + " ORDER BY r.id DESC";

    private static final String COUNT = "SELECT count(*) FROM (SELECT r.id " + UNDECIDED + ") found";

    /**
     * Keeps {@code verdict}, whose instant is that of the database.
     *
     * @return false if its run did not end as UNKNOWN, or somebody has decided
     */
    public boolean decide(Transaction transaction, Verdict verdict) {
        return transaction
                        .sql()
                        .createUpdate(DECIDE)
                        .bind("run", verdict.run())
                        .bind("verdict", verdict.kind())
                        .bind("reason", verdict.reason())
                        .bind("rerun", verdict.rerun())
                        .bind("by", verdict.by())
                        .execute()
                == 1;
    }

    public Optional<Verdict> find(Transaction transaction, long run) {
        return transaction
                .sql()
                .createQuery("SELECT * FROM run_verdict WHERE run_id = :run")
                .bind("run", run)
                .map((row, context) -> new Verdict(
                        row.getLong("run_id"),
                        Verdict.Kind.valueOf(row.getString("verdict")),
                        row.getString("reason"),
                        row.getObject("rerun_id", Long.class),
                        row.getString("decided_by"),
                        row.getObject("decided_at", OffsetDateTime.class).toInstant()))
                .findFirst();
    }

    /**
     * Runs that nobody has decided, newest first.
     *
     * @param namespaces of their jobs; containing {@code *} means any
     * @param before only ids below this
     */
    public List<Run> undecided(Transaction transaction, Set<String> namespaces, long before, int limit) {
        return bound(transaction.sql().createQuery(LIST), namespaces, before, limit)
                .map(new RunMapper())
                .list();
    }

    /** How many of them there are, counted to {@code most}. */
    public int countUndecided(Transaction transaction, Set<String> namespaces, int most) {
        return bound(transaction.sql().createQuery(COUNT), namespaces, Long.MAX_VALUE, most)
                .mapTo(Integer.class)
                .one();
    }

    private static Query bound(Query query, Set<String> namespaces, long before, int limit) {
        return query.bind("before", before)
                .bind("limit", limit)
                .bind("everywhere", namespaces.contains(EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(namespaces));
    }
}
