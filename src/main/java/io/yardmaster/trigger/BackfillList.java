package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.run.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Backfills with their progress, and their instants. */
public final class BackfillList {
    /**
     * The instants are counted by {@code backfill_instant_once}, 100,000 in some 25 ms. How long runs take is told by the
     * hundred instants before the first that waits ({@code backfill_instant_pending}, {@code backfill_instant_pkey}).
     */
    private static final String BACKFILLS = """
            SELECT b.*, j.namespace, j.name AS job, j.archived_at IS NOT NULL AS archived, s.name AS schedule,
                   p.*, e.seconds, clock_timestamp() AS now%s
            FROM backfill b JOIN job j ON j.id = b.job_id LEFT JOIN schedule s ON s.id = b.schedule_id
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE i.state = 'PENDING') AS pending,
                       count(*) FILTER (WHERE i.state = 'STARTED') AS started,
                       count(*) FILTER (WHERE i.state = 'SUCCEEDED') AS succeeded,
                       count(*) FILTER (WHERE i.state = 'FAILED') AS failed,
                       count(*) FILTER (WHERE i.state = 'CANCELLED') AS cancelled,
                       count(*) FILTER (WHERE i.state = 'LEFT_OUT') AS left_out
                FROM backfill_instant i WHERE i.backfill_id = b.id) p
            LEFT JOIN LATERAL (
                SELECT coalesce(min(i.place), b.instants + 1) AS place FROM backfill_instant i
                WHERE i.backfill_id = b.id AND i.state = 'PENDING'
                ) next ON b.state = 'RUNNING'
            LEFT JOIN LATERAL (
                SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM i.ended_at - id_instant(i.run_id))) AS seconds
                FROM backfill_instant i
                WHERE i.backfill_id = b.id AND i.place >= next.place - 100 AND i.place < next.place
                    AND i.state IN ('SUCCEEDED', 'FAILED')
                ) e ON true
            """;

    /** Instants that are counted for one page: half a second, if nothing is in the cache. */
    private static final int MOST_COUNTED = 500_000;

    private static final String FIND = BACKFILLS.formatted("") + " WHERE b.id = :id";

    /** Index {@code backfill_pkey}. No more than {@code :most} instants are counted, but for those of the last backfill. */
    private static final String LIST = """
            WITH page AS MATERIALIZED (
                SELECT b.id, b.instants FROM backfill b JOIN job j ON j.id = b.job_id
                WHERE b.id < :before AND (:everywhere OR j.namespace = ANY (:namespaces))
                    AND (:job = '' OR position(lower(:job) IN lower(j.namespace || '/' || j.name)) > 0)
                    AND (:anyState OR b.state = ANY (:states))
                ORDER BY b.id DESC LIMIT :limit
            ), chosen AS MATERIALIZED (
                SELECT id, sum(instants) OVER (ORDER BY id DESC) - instants AS before, lead(id) OVER (ORDER BY id DESC) AS below
                FROM page
            )""" + BACKFILLS.formatted(", c.below") + """
            JOIN chosen c ON c.id = b.id AND c.before < :most ORDER BY b.id DESC
            """;

    /** Index {@code backfill_instant_pkey}; a run is in one of the two tables. */
    private static final String INSTANTS = """
            SELECT i.place, i.nominal_at, i.adjustment, i.state, i.run_id, i.ended_at, coalesce(r.state, h.state) AS run_state
            FROM (SELECT * FROM backfill_instant
                  WHERE backfill_id = :id AND place > :after AND (:anyState OR state = :state)
                  ORDER BY place LIMIT :limit) i
            LEFT JOIN run r ON r.id = i.run_id LEFT JOIN run_history h ON h.id = i.run_id
            ORDER BY i.place
            """;

    /**
     * What is asked for.
     *
     * @param namespaces of the jobs; null for all
     * @param job part of {@code namespace/name}; empty for any
     * @param states empty for any
     */
    public record Search(Set<String> namespaces, String job, Set<BackfillState> states) {}

    /**
     * One instant.
     *
     * @param place in the backfill's order, from 1
     * @param run null before it is started
     * @param runState null without run, or when that is forgotten
     */
    public record Instance(
            int place, Instant nominal, String adjustment, State state, Long run, RunState runState, Instant endedAt) {
        /** What became of it. */
        public enum State {
            PENDING,
            STARTED,
            SUCCEEDED,
            FAILED,
            CANCELLED,
            LEFT_OUT
        }
    }

    private final BackfillMapper mapper = new BackfillMapper();

    public Optional<Backfill> find(Transaction transaction, long id) {
        return transaction.sql().createQuery(FIND).bind("id", id).map(mapper).findOne();
    }

    /**
     * One page.
     *
     * @param more whether others follow
     */
    public record Found(List<Backfill> backfills, boolean more) {}

    /** At most {@code limit}, and fewer if they are large: the newest first, those with an id below {@code before}. */
    public Found list(Transaction transaction, Search search, long before, int limit) {
        boolean everywhere = search.namespaces() == null;
        Set<Long> followed = new HashSet<>();
        List<Backfill> found = transaction
                .sql()
                .createQuery(LIST)
                .bind("before", before)
                .bind("everywhere", everywhere)
                .bindArray("namespaces", String.class, everywhere ? List.of() : List.copyOf(search.namespaces()))
                .bind("job", search.job())
                .bind("anyState", search.states().isEmpty())
                .bindArray(
                        "states",
                        String.class,
                        search.states().stream().map(Enum::name).toList())
                .bind("limit", limit + 1)
                .bind("most", MOST_COUNTED)
                .map((row, context) -> {
                    Backfill backfill = mapper.map(row, context);
                    if (row.getObject("below") != null) {
                        followed.add(backfill.id());
                    }
                    return backfill;
                })
                .list();
        List<Backfill> shown = found.subList(0, Math.min(limit, found.size()));
        return new Found(
                shown,
                !shown.isEmpty()
                        && followed.contains(shown.get(shown.size() - 1).id()));
    }

    /**
     * In the backfill's order, from the place after {@code after} on.
     *
     * @param state null for all
     */
    public List<Instance> instants(Transaction transaction, long id, Instance.State state, int after, int limit) {
        return transaction
                .sql()
                .createQuery(INSTANTS)
                .bind("id", id)
                .bind("after", after)
                .bind("anyState", state == null)
                .bind("state", state)
                .bind("limit", limit)
                .map((row, context) -> instance(row))
                .list();
    }

    private static Instance instance(ResultSet row) throws SQLException {
        String runState = row.getString("run_state");
        return new Instance(
                row.getInt("place"),
                Timetables.instant(row, "nominal_at"),
                row.getString("adjustment"),
                Instance.State.valueOf(row.getString("state")),
                row.getObject("run_id", Long.class),
                runState == null ? null : RunState.valueOf(runState),
                Timetables.instant(row, "ended_at"));
    }
}
