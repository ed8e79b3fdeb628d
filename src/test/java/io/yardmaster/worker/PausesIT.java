package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.Heartbeat;
import io.yardmaster.protocol.JoinCode;
import io.yardmaster.protocol.PauseReport;
import io.yardmaster.protocol.PollAnswer.Kind;
import io.yardmaster.protocol.Report;
import io.yardmaster.protocol.Report.Outcome;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.protocol.Timing;
import io.yardmaster.task.ShellTask;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real worker pauses real processes as a scripted server asks. */
final class PausesIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int SLOTS = 1;
    /** Longer than the session's lease, which is 2 s after the last heartbeat. */
    private static final Duration BEYOND_LEASE = Duration.ofMillis(2_500);

    private static final String ENDLESS = "echo begun; while :; do sleep 0.05; done";

    @TempDir
    Path directory;

    private TestServer server;
    private Worker worker;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(Timing.STANDARD.dividedBy(8));
        worker = new Worker(WorkerSettings.of(directory, List.of(server.address()), "north", SLOTS)
                .joiningWith(JoinCode.parse(TestServer.CODE))
                .timed(Duration.ofSeconds(1), Duration.ofMillis(250)));
        worker.start();
    }

    @AfterEach
    void stop() throws Exception {
        worker.drainAndStop(Duration.ZERO);
        server.close();
        assertThat(server.violations).isEmpty();
    }

    // beyond its lease, since the lease goes on; and beyond its time limit, since that is of running time
    @Test
    void a_paused_attempt_frees_its_slot_and_goes_on_where_it_was() {
        Assignment paused = Assignments.of(new ShellTask(ENDLESS, "sh"), Map.of(), 2_000, 1000);
        begin(paused);
        PauseReport stopped = pace(paused, Kind.PAUSE, 1);
        assertThat(stopped.outcome()).isEqualTo(PauseReport.Outcome.PAUSED);
        assertThat(stopped.ranMillis()).isBetween(1L, 2_000L);
        List<Assignment> others =
                Stream.generate(() -> Assignments.script(ENDLESS)).limit(SLOTS).toList();
        others.forEach(this::begin);
        await().pollDelay(BEYOND_LEASE)
                .atMost(LIMIT)
                .until(() -> lastBeat().load().busySlots() == SLOTS);
        assertThat(lastBeat().held()).contains(paused.ref()).hasSize(SLOTS + 1);
        assertThat(server.reportOf(paused.ref())).isNull();

        others.forEach(one -> server.cancel(one.ref()));
        PauseReport resumed = pace(paused, Kind.RESUME, 2);
        assertThat(resumed.outcome()).isEqualTo(PauseReport.Outcome.RESUMED);
        assertThat(resumed.ranMillis()).isBetween(stopped.ranMillis(), stopped.ranMillis() + 20);
        Report ended = ended(paused);
        assertThat(ended.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(ended.ranMillis()).isBetween(2_000L, 3_500L);
        assertThat(ended.startedAgoMillis() - ended.endedAgoMillis())
                .isGreaterThan(ended.ranMillis() + BEYOND_LEASE.toMillis() - 20);
    }

    @Test
    void what_is_told_twice_or_of_the_past_changes_nothing() {
        Assignment assignment = Assignments.script(ENDLESS);
        begin(assignment);
        pace(assignment, Kind.PAUSE, 3);
        server.pauses.clear();
        // its answer was lost
        assertThat(pace(assignment, Kind.PAUSE, 3).outcome()).isEqualTo(PauseReport.Outcome.PAUSED);
        server.pace(assignment.ref(), Kind.RESUME, 2);
        // the next one shows that the old one was passed over
        assertThat(pace(assignment, Kind.PAUSE, 5).outcome()).isEqualTo(PauseReport.Outcome.PAUSED);
        assertThat(pace(assignment, Kind.RESUME, 6).outcome()).isEqualTo(PauseReport.Outcome.RESUMED);
        assertThat(server.pauses).extracting(PauseReport::sequence).doesNotContain(2);
    }

    @Test
    void an_answer_that_no_server_takes_is_given_again() {
        Assignment assignment = Assignments.script(ENDLESS);
        begin(assignment);
        server.deliveryStatus = 503;
        server.pace(assignment.ref(), Kind.PAUSE, 1);
        await().atMost(LIMIT).until(() -> server.refused.get() >= 2);
        server.deliveryStatus = 0;
        await().atMost(LIMIT).until(() -> server.pauseOf(assignment.ref(), 1) != null);
    }

    // R16: deaf to TERM, and stopped, which TERM does not end either
    @Test
    void a_paused_attempt_can_be_cancelled() {
        Assignment assignment = Assignments.script("trap '' TERM; " + ENDLESS);
        begin(assignment);
        pace(assignment, Kind.PAUSE, 1);
        server.cancel(assignment.ref());
        assertThat(ended(assignment).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void a_script_that_was_paused_hears_that_it_is_cancelled() {
        Assignment assignment = Assignments.script("trap 'echo bye; exit 9' TERM; " + ENDLESS);
        begin(assignment);
        pace(assignment, Kind.PAUSE, 1);
        server.cancel(assignment.ref());
        assertThat(ended(assignment).exitCode()).isEqualTo(9);
        assertThat(text(assignment.ref())).endsWith("bye\n");
    }

    // R10
    @Test
    void without_an_answer_what_is_paused_ends_with_the_lease() {
        Assignment assignment = Assignments.script(ENDLESS);
        begin(assignment);
        pace(assignment, Kind.PAUSE, 1);
        server.freeze();
        await().atMost(BEYOND_LEASE).until(() -> new Leftovers(directory).find().isEmpty());
        server.thaw();
        await().atMost(LIMIT).until(() -> server.registrations.size() == 2);
        assertThat(server.reportOf(assignment.ref())).isNull();
    }

    // each keeps its memory; the servers ask for four, or five for a moment
    @Test
    void no_more_are_paused_than_five_for_each_slot() {
        List<Assignment> paused = Stream.generate(() -> Assignments.script(ENDLESS))
                .limit(5 * SLOTS)
                .toList();
        for (Assignment one : paused) {
            begin(one);
            assertThat(pace(one, Kind.PAUSE, 1).outcome()).isEqualTo(PauseReport.Outcome.PAUSED);
        }
        Assignment tooMany = Assignments.script(ENDLESS);
        begin(tooMany);
        assertThat(pace(tooMany, Kind.PAUSE, 1).outcome()).isEqualTo(PauseReport.Outcome.REFUSED);
        pace(paused.get(0), Kind.RESUME, 2);
        assertThat(pace(tooMany, Kind.PAUSE, 3).outcome()).isEqualTo(PauseReport.Outcome.PAUSED);
    }

    // R21: it is not idle while something is paused
    @Test
    void draining_waits_for_what_is_paused() {
        Assignment assignment = Assignments.script("echo begun; sleep 1; echo done");
        begin(assignment);
        pace(assignment, Kind.PAUSE, 1);
        CompletableFuture<Void> drain = CompletableFuture.runAsync(() -> {
            try {
                worker.drainAndStop(LIMIT);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        await().atMost(LIMIT).until(() -> lastBeat().draining());
        pace(assignment, Kind.RESUME, 2);
        assertThat(ended(assignment).outcome()).isEqualTo(Outcome.SUCCEEDED);
        drain.join();
    }

    private void begin(Assignment assignment) {
        server.offer(assignment);
        await().atMost(LIMIT).until(() -> "begun\n".equals(text(assignment.ref())));
    }

    private PauseReport pace(Assignment assignment, Kind kind, int sequence) {
        server.pace(assignment.ref(), kind, sequence);
        await().atMost(LIMIT).until(() -> server.pauseOf(assignment.ref(), sequence) != null);
        return server.pauseOf(assignment.ref(), sequence);
    }

    private Report ended(Assignment assignment) {
        await().atMost(LIMIT).until(() -> server.reportOf(assignment.ref()) != null);
        return server.reportOf(assignment.ref());
    }

    private Heartbeat lastBeat() {
        return server.heartbeats.get(server.heartbeats.size() - 1);
    }

    private String text(RunRef ref) {
        return new String(server.outputOf(ref), StandardCharsets.UTF_8);
    }
}
