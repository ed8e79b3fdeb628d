package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.agent.Agents;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.Yard;
import io.yardmaster.node.Node;
import io.yardmaster.protocol.JoinCode;
import io.yardmaster.protocol.Timing;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import io.yardmaster.security.OneTimeCodes;
import io.yardmaster.security.Purpose;
import io.yardmaster.web.WebServer;
import io.yardmaster.worker.Worker;
import io.yardmaster.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server and a worker with real scripts that take turns. */
final class TimeSliceIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Node.class);

    /** So much work by count; it tells the processor time that it took, in hundredths of a second as the kernel counts. */
    private static final String WORK = """
            i=0
            while [ $i -lt %d ]; do i=$((i + 1)); done
            read -r stat </proc/self/stat
            set -- ${stat##*) }
            echo "ticks=$((${12} + ${13}))" >"$YARDMASTER_OUTPUT"
            """;

    private static final long PROBE = 1_000_000;
    /** Milliseconds. */
    private static final long QUANTUM = 2_000;

    @TempDir
    Path directory;

    private Database database;
    private Yard yard;
    private Agents agents;
    private WebServer server;
    private Worker worker;

    @BeforeEach
    void serve(Database given) {
        database = given;
        yard = new Yard(database);
        yard.clear();
        agents = new Agents(database, yard.dispatching(), new AttemptEnds(List.of()), Timing.STANDARD);
        agents.start();
        yard.dispatching().start();
        server = WebServer.start(database, "", agents.resources(), agents.credentials());
    }

    @AfterEach
    void stop() throws Exception {
        worker.drainAndStop(Duration.ZERO);
        yard.dispatching().close();
        agents.close();
        server.close();
    }

    @Test
    void three_scripts_on_one_slot_take_turns_by_the_second() {
        start(1);
        List<Run> ended = ended(sliced("for i in $(seq 30); do sleep 0.05; done", 3, 1), Duration.ofSeconds(60));
        assertThat(ended).allSatisfy(run -> assertThat(pauses(run)).isPositive());
        assertThat(ended)
                .allSatisfy(run -> assertThat(run.ran(Instant.now()).toMillis()).isBetween(1_400L, 4_000L));
        assertThat(latestStart(ended)).isBefore(ended.get(0).times().endedAt());
        assertThat(yard.count("SELECT count(*) FROM run_note")).isZero();
    }

    // all get on from the beginning, none does its work twice, and the order is that of the textbook
    @Test
    @Tag("soak")
    void eight_scripts_of_twenty_seconds_on_two_slots_take_turns_of_two_seconds() {
        start(2);
        long probe = ticks(ended(alone(WORK.formatted(PROBE), 2), Duration.ofMinutes(2)));
        String work = WORK.formatted(PROBE * 2 * 2_000 / probe);
        long before = ticks(ended(alone(work, 2), Duration.ofMinutes(5))) / 2;
        Instant begun = database.inTransaction(transaction -> transaction.now());
        List<Run> ended = ended(sliced(work, 8, (int) QUANTUM / 1_000), Duration.ofMinutes(15));
        // the machine's speed may have changed meanwhile
        long after = ticks(ended(alone(work, 2), Duration.ofMinutes(5))) / 2;
        double undisturbed = (before + after) / 2.0;
        System.out.println(
                "undisturbed: " + before / 100.0 + " s of processor time before, " + after / 100.0 + " after");
        tell(begun, ended);
        assertThat(latestStart(ended)).as("all have run within 10 s").isBefore(begun.plusSeconds(10));
        assertThat(ticks(ended) / 8.0).as("processor time").isLessThanOrEqualTo(undisturbed * 1.05);
        assertThat(ended).allSatisfy(run -> {
            double slices = run.ran(begun).toMillis() / (double) QUANTUM;
            assertThat(pauses(run) + 1).as("slices of %s", run.id()).isBetween((int) (slices * 0.8), (int) slices + 1);
        });
        List<Long> table = RoundRobinTable.ends(
                ended.stream().map(run -> slices(run, begun)).toList(), 2);
        List<Instant> seen = ended.stream().map(run -> run.times().endedAt()).toList();
        assertThat(RoundRobinTable.swapped(table, seen, QUANTUM / 2))
                .as("pairs that end the other way round than by the slices that they had")
                .isEmpty();
    }

    private static List<Long> slices(Run run, Instant begun) {
        List<Long> slices = new ArrayList<>(Collections.nCopies(pauses(run), QUANTUM));
        slices.add(Math.max(1, run.ran(begun).toMillis() - pauses(run) * QUANTUM));
        return slices;
    }

    private static void tell(Instant begun, List<Run> ended) {
        ended.forEach(run -> System.out.printf(
                "run %d: started after %.1f s, ended after %.1f s, ran %.1f s in %d slices, %.2f s of processor time%n",
                run.id(),
                Duration.between(begun, run.times().startedAt()).toMillis() / 1000.0,
                Duration.between(begun, run.times().endedAt()).toMillis() / 1000.0,
                run.ran(begun).toMillis() / 1000.0,
                pauses(run) + 1,
                ticks(List.of(run)) / 100.0));
    }

    private void start(int slots) {
        String code = database.inTransaction(
                transaction -> OneTimeCodes.issue(transaction, Purpose.JOIN, "ada", Duration.ofMinutes(15)));
        worker = new Worker(WorkerSettings.of(directory, List.of(server.uri()), "north", slots)
                .joiningWith(JoinCode.parse(code)));
        worker.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> yard.count("SELECT count(*) FROM node_session WHERE state = 'LIVE'") == 1);
    }

    private List<Long> alone(String script, int count) {
        return runs(script, yard.queue(1, null), count);
    }

    private List<Long> sliced(String script, int count, int quantum) {
        long queue = yard.queue(1, null);
        yard.change(
                "UPDATE queue SET policy = 'ROUND_ROBIN', quantum_seconds = :q WHERE id = :id",
                Map.of("q", quantum, "id", queue));
        return runs(script, queue, count);
    }

    private List<Long> runs(String script, long queue, int count) {
        String text = script.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        long job = yard.job("{\"task\": {\"type\": \"shell\", \"script\": \"" + text + "\"}}");
        List<Long> runs = yard.runs(job, queue, count);
        yard.dispatching().signal();
        return runs;
    }

    /** When all have succeeded, in the order in which they were made. */
    private List<Run> ended(List<Long> runs, Duration limit) {
        await().atMost(limit)
                .until(() -> runs.stream().allMatch(run -> run(run).state().isFinal()));
        List<Run> ended = runs.stream().map(this::run).toList();
        assertThat(ended).extracting(Run::state).containsOnly(RunState.SUCCEEDED);
        return ended;
    }

    private Run run(long id) {
        return database.inTransaction(
                transaction -> new Runs().find(transaction, id).orElseThrow());
    }

    private static Instant latestStart(List<Run> runs) {
        return runs.stream()
                .map(run -> run.times().startedAt())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static int pauses(Run run) {
        Integer pauses = run.attempts().get(0).pauses();
        return pauses == null ? 0 : pauses;
    }

    private static long ticks(List<Run> runs) {
        return runs.stream()
                .mapToLong(run -> run.ending().result().path("ticks").asLong())
                .sum();
    }
}
