package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares what a worker says it holds with what it should hold. What is no longer its own it must kill. What it lacks
 * for half a lease and for five heartbeats in a row, the answer to whose acceptance was lost, say, is treated as lost with
 * its node. One old heartbeat that arrives late proves nothing, hence the time. A clock that steps forward makes much time
 * of little, hence the count: it is what half a lease has at the standard figures, and more than can be on their way.
 */
final class HeldRuns {
    /** Before its mark and behind it. Indexes {@code run_on_session}, {@code run_pkey}, {@code node_session_pkey}. */
    static final String OF_SESSION = """
            SELECT id, epoch, state IN ('RUNNING', 'PAUSED') AS started FROM run
            WHERE session_id = :session AND offered_at >= (SELECT offers_since FROM node_session WHERE id = :session)
            UNION ALL
            SELECT r.id, r.epoch, r.state IN ('RUNNING', 'PAUSED')
            FROM node_session s CROSS JOIN unnest(s.older_runs) AS older (id)
            CROSS JOIN LATERAL (SELECT * FROM run WHERE run.id = older.id LIMIT 1) r
            WHERE s.id = :session AND r.session_id = s.id AND r.offered_at < s.offers_since
            """;

    private static final int LACKING_BEATS = 5;

    /**
     * What the session has stands before the mark and is named; what it is offered from now on stands behind. A mark ahead of
     * the clock is one of a clock that was set back. Not at each heartbeat, since there may be thousands to name.
     */
    private static final String MARK = """
            UPDATE node_session SET offers_since = moment.now, older_runs = :runs
            FROM (SELECT clock_timestamp() AS now) moment
            WHERE id = :session AND (offers_since < moment.now - interval '5 s' OR offers_since > moment.now)
            """;

    private static final String UNMARK =
            "UPDATE node_session SET offers_since = '-infinity', older_runs = '{}' WHERE id = :session";

    /**
     * Keeps since when and for how many heartbeats each is lacking, and tells which are lacking too long. Writes only
     * while any is, to the row that the heartbeat has just written.
     */
    private static final String LACKING = """
            WITH moment AS (
                SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now
            ), noted AS (
                UPDATE node_session s SET not_held = (
                    SELECT coalesce(jsonb_object_agg(run, jsonb_build_object(
                        'since', coalesce((s.not_held #>> ARRAY[run, 'since'])::bigint, now),
                        'beats', coalesce((s.not_held #>> ARRAY[run, 'beats'])::integer, 0) + 1)), '{}')
                    FROM unnest(:lacking) AS l (run))
                FROM moment WHERE s.id = :session AND (s.not_held <> '{}' OR cardinality(:lacking) > 0)
                RETURNING s.not_held, now
            )
            SELECT run FROM noted, jsonb_each(noted.not_held) AS n (run, lack)
            WHERE (lack ->> 'since')::bigint <= now - :patience AND (lack ->> 'beats')::integer >= :beats
            """;

    private final LostRuns lostRuns;
    private final LeaseTimes times;
    private final DispatchCounts counts;

    HeldRuns(LostRuns lostRuns, LeaseTimes times, DispatchCounts counts) {
        this.lostRuns = lostRuns;
        this.times = times;
        this.counts = counts;
    }

    private record Row(RunEpoch ref, boolean started) {}

    /** @return what of {@code claimed} is not the session's. The session's row is locked by the caller. */
    List<RunEpoch> compare(Transaction transaction, long session, List<RunEpoch> claimed) {
        List<Row> rows = transaction
                .sql()
                .createQuery(OF_SESSION)
                .bind("session", session)
                .map((row, context) ->
                        new Row(new RunEpoch(row.getLong("id"), row.getLong("epoch")), row.getBoolean("started")))
                .list();
        Set<RunEpoch> own = new HashSet<>();
        List<RunEpoch> lacking = new ArrayList<>();
        Set<RunEpoch> claims = Set.copyOf(claimed);
        for (Row row : rows) {
            own.add(row.ref());
            if (row.started() && !claims.contains(row.ref())) {
                lacking.add(row.ref());
            }
        }
        mark(transaction, session, rows);
        takeLacking(transaction, session, lacking);
        return claimed.stream().filter(ref -> !own.contains(ref)).distinct().toList();
    }

    /** Where the slots in use of a session are counted from: ended runs before it are not come upon again. */
    private static void mark(Transaction transaction, long session, List<Row> rows) {
        transaction
                .sql()
                .createUpdate(MARK)
                .bind("session", session)
                .bindArray(
                        "runs",
                        Long.class,
                        rows.stream().map(row -> row.ref().run()).toList())
                .execute();
    }

    /** To be called before the session gets runs that were offered to another. */
    static void unmark(Transaction transaction, long session) {
        transaction.sql().createUpdate(UNMARK).bind("session", session).execute();
    }

    private void takeLacking(Transaction transaction, long session, List<RunEpoch> lacking) {
        Set<String> tooLong = Set.copyOf(transaction
                .sql()
                .createQuery(LACKING)
                .bind("session", session)
                .bindArray(
                        "lacking",
                        String.class,
                        lacking.stream().map(HeldRuns::key).toList())
                .bind("patience", times.lease().toMillis() / 2)
                .bind("beats", LACKING_BEATS)
                .mapTo(String.class)
                .list());
        List<RunEpoch> lost =
                lacking.stream().filter(ref -> tooLong.contains(key(ref))).toList();
        if (!lost.isEmpty()) {
            int taken = lostRuns.takeNotHeld(transaction, session, lost);
            transaction.afterCommit(() -> counts.add(DispatchCount.NOT_HELD, taken));
        }
    }

    private static String key(RunEpoch ref) {
        return ref.run() + ":" + ref.epoch();
    }
}
