package io.yardmaster.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.database.Channel;
import io.yardmaster.database.Columns;
import io.yardmaster.database.Conflict;
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
import java.util.Set;

/**
 * The only door by which a run is born: schedules, people, the API and reruns all come through here, each with its own
 * cause. The order key is computed here, under the queue's policy as it stands at that moment.
 */
public final class RunQueue {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A new run of {@code run.job()}, ready at once.
     *
     * @return its id
     * @throws Missing if there is no such job, or it is archived
     * @throws Conflict if as many runs wait in its queue as may; the transaction may go on
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
                .map((row, context) -> new Born(row.getLong("id"), row.getBoolean("gated"), row.getBoolean("limited")))
                .findFirst();
        born.filter(Born::limited).ifPresent(one -> QueueRoom.demand(transaction, one.run()));
        born.filter(Born::gated).ifPresent(one -> Gates.pass(transaction, List.of(one.run()), true));
        return born.map(Born::run);
    }

    private record Born(long run, boolean gated, boolean limited) {}

    /**
     * One run per enabled schedule of each fire.
     *
     * @return for each fire, in order, how many runs it made
     */
    public int[] enqueueFires(Transaction transaction, List<NominalFire> fires) {
        Map<Integer, Integer> made = new HashMap<>();
        Watched watched = new Watched(new ArrayList<>(), new ArrayList<>());
        transaction
                .sql()
                .createQuery(BirthSql.FIRES)
                .bindNamedArgumentFinder(Columns.of(fires)
                        .with("timetables", Long.class, NominalFire::timetable)
                        .with("nominals", Instant.class, NominalFire::nominal)
                        .with("dues", Instant.class, NominalFire::due)
                        .with("adjustments", String.class, NominalFire::adjustment)
                        .with("afters", Long.class, fire -> fire.part().after())
                        .with("throughs", Long.class, fire -> fire.part().through()))
                .map((row, context) -> {
                    insist(row.getBoolean("complete"));
                    watched.add(row);
                    return made.put(row.getInt("place") - 1, row.getInt("runs"));
                })
                .list();
        watched.settle(transaction);
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
        Watched watched = new Watched(new ArrayList<>(), new ArrayList<>());
        int made = transaction
                .sql()
                .createQuery(BirthSql.MADE_UP)
                .bind("cause", cause)
                .bindNamedArgumentFinder(Columns.of(fires)
                        .with("schedules", Long.class, MadeUpFire::schedule)
                        .with("nominals", Instant.class, MadeUpFire::nominal)
                        .with("adjustments", String.class, MadeUpFire::adjustment)
                        .with("starts", Instant.class, MadeUpFire::start))
                .map((row, context) -> {
                    insist(row.getBoolean("complete"));
                    watched.add(row);
                    return row.getInt("runs");
                })
                .list()
                .stream()
                .mapToInt(Integer::intValue)
                .sum();
        watched.settle(transaction);
        return made;
    }

    /** Newborn runs that may not stay as they are: of jobs that have a gate, and in queues that have a limit. */
    private record Watched(List<Long> gated, List<Long> limited) {
        void add(ResultSet row) throws SQLException {
            add(row.getArray("gated"), gated);
            add(row.getArray("limited"), limited);
        }

        private static void add(Array runs, List<Long> to) throws SQLException {
            if (runs != null) {
                to.addAll(Arrays.asList((Long[]) runs.getArray()));
            }
        }

        void settle(Transaction transaction) {
            Set<Long> skipped = QueueRoom.skip(transaction, limited);
            gated.removeIf(skipped::contains);
            Gates.pass(transaction, gated, true);
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
     * lost. The caller knows that its processes are dead. What somebody paused by hand is held.
     *
     * @return how many were on a node
     */
    public int giveBack(Transaction transaction, List<Long> runs) {
        return runs.isEmpty() ? 0 : GivenBack.take(transaction, runs);
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
