package io.yardmaster.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.database.Channel;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.run.Cause;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The only door by which a run is born: schedules, people, the API and reruns all come through here, each with its own
 * cause. The order key is computed here, under the queue's policy as it stands at that moment.
 */
public final class RunQueue {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The attempt is over and the run waits again, in its old place. Locked by ascending id. */
    private static final String GIVE_BACK = """
            WITH back AS (
                SELECT id FROM run WHERE id = ANY (:runs) AND state IN ('ASSIGNED', 'RUNNING', 'PAUSED')
                ORDER BY id FOR UPDATE
            )
            UPDATE run r SET
                state = 'QUEUED', session_id = NULL, node_id = NULL, offered_at = NULL, started_at = NULL,
                attempts = CASE WHEN r.state = 'ASSIGNED' THEN r.attempts ELSE r.attempts || (jsonb_build_object(
                    'attempt', r.attempt, 'epoch', r.epoch, 'node', r.node_id::text, 'startedAt', r.started_at,
                    'endedAt', clock_timestamp(), 'outcome', 'LOST') || CASE WHEN r.pauses > 0
                        THEN jsonb_build_object('ranSeconds', r.ran_seconds, 'pauses', r.pauses) ELSE '{}' END) END
            FROM back WHERE r.id = back.id
            """;

    /**
     * A new run of {@code run.job()}, ready at once.
     *
     * @return its id
     * @throws Missing if there is no such job, or it is archived
     */
    public long enqueue(Transaction transaction, NewRun run) {
        transaction.announce(Channel.RUNS_READY);
        // a second look, for a job that was given another queue while its own was archived
        return ask(transaction, run).or(() -> ask(transaction, run)).orElseThrow(() -> new Missing("job " + run.job()));
    }

    private static Optional<Long> ask(Transaction transaction, NewRun run) {
        Optional<Born> born = transaction
                .sql()
                .createQuery(BirthSql.ASKED_FOR)
                .bind("job", run.job())
                .bind("version", run.version())
                .bind("priority", run.priority())
                .bind("cause", run.cause().kind())
                .bind("by", run.cause().by())
                .bind("parameters", json(run.parameters()))
                .map((row, context) -> new Born(row.getLong("id"), row.getBoolean("gated")))
                .findFirst();
        born.filter(Born::gated).ifPresent(one -> Gates.pass(transaction, List.of(one.run()), true));
        return born.map(Born::run);
    }

    private record Born(long run, boolean gated) {}

    /**
     * One run per enabled schedule of each fire.
     *
     * @return for each fire, in order, how many runs it made
     */
    public int[] enqueueFires(Transaction transaction, List<NominalFire> fires) {
        Map<Integer, Integer> made = new HashMap<>();
        List<Long> gated = new ArrayList<>();
        transaction
                .sql()
                .createQuery(BirthSql.FIRES)
                .bindArray(
                        "timetables",
                        Long.class,
                        fires.stream().map(NominalFire::timetable).toList())
                .bindArray(
                        "nominals",
                        Instant.class,
                        fires.stream().map(NominalFire::nominal).toList())
                .bindArray(
                        "dues",
                        Instant.class,
                        fires.stream().map(NominalFire::due).toList())
                .bindArray(
                        "adjustments",
                        String.class,
                        fires.stream().map(NominalFire::adjustment).toList())
                .bindArray(
                        "afters",
                        Long.class,
                        fires.stream().map(fire -> fire.part().after()).toList())
                .bindArray(
                        "throughs",
                        Long.class,
                        fires.stream().map(fire -> fire.part().through()).toList())
                .map((row, context) -> {
                    insist(row.getBoolean("complete"));
                    addGated(row, gated);
                    return made.put(row.getInt("place") - 1, row.getInt("runs"));
                })
                .list();
        Gates.pass(transaction, gated, true);
        int[] counts = new int[fires.size()];
        made.forEach((place, runs) -> counts[place] = runs);
        return counts;
    }

    /**
     * One run for each of {@code fires} whose schedule and job are on.
     *
     * @param cause {@code CATCH_UP}
     * @return how many
     */
    public int enqueueMadeUp(Transaction transaction, Cause.Kind cause, List<MadeUpFire> fires) {
        if (fires.isEmpty()) {
            return 0;
        }
        List<Long> gated = new ArrayList<>();
        int made = transaction
                .sql()
                .createQuery(BirthSql.MADE_UP)
                .bind("cause", cause)
                .bindArray(
                        "schedules",
                        Long.class,
                        fires.stream().map(MadeUpFire::schedule).toList())
                .bindArray(
                        "nominals",
                        Instant.class,
                        fires.stream().map(MadeUpFire::nominal).toList())
                .bindArray(
                        "adjustments",
                        String.class,
                        fires.stream().map(MadeUpFire::adjustment).toList())
                .bindArray(
                        "starts",
                        Instant.class,
                        fires.stream().map(MadeUpFire::start).toList())
                .map((row, context) -> {
                    insist(row.getBoolean("complete"));
                    addGated(row, gated);
                    return row.getInt("runs");
                })
                .list()
                .stream()
                .mapToInt(Integer::intValue)
                .sum();
        Gates.pass(transaction, gated, true);
        return made;
    }

    private static void addGated(ResultSet row, List<Long> gated) throws SQLException {
        Array runs = row.getArray("gated");
        if (runs != null) {
            gated.addAll(Arrays.asList((Long[]) runs.getArray()));
        }
    }

    /**
     * Lets runs whose start has come take their place in the queue.
     *
     * @return how many
     */
    public int wake(Transaction transaction) {
        int woken = transaction.sql().createUpdate(BirthSql.WAKE).execute();
        if (woken > 0) {
            transaction.announce(Channel.RUNS_READY);
        }
        return woken;
    }

    /**
     * Takes runs from their nodes and lets them wait again where they stood; an attempt that had begun is recorded as
     * lost. The caller knows that its processes are dead.
     *
     * @return how many were on a node
     */
    public int giveBack(Transaction transaction, List<Long> runs) {
        if (runs.isEmpty()) {
            return 0;
        }
        transaction.announce(Channel.RUNS_READY);
        return transaction
                .sql()
                .createUpdate(GIVE_BACK)
                .bindArray("runs", Long.class, runs)
                .execute();
    }

    private static void insist(boolean complete) {
        if (!complete) {
            throw new IllegalStateException(
                    "fewer runs were born than are due: a queue was archived meanwhile, which passes, or it is a bug");
        }
    }

    private static String json(Map<String, String> parameters) {
        try {
            return JSON.writeValueAsString(parameters);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("parameters", impossible);
        }
    }
}
