package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.Heartbeat;
import io.yardmaster.protocol.JoinCode;
import io.yardmaster.protocol.Report;
import io.yardmaster.protocol.Report.Outcome;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.protocol.Timing;
import io.yardmaster.task.ShellTask;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real worker with real processes against a scripted server. */
final class WorkerIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private TestServer server;
    private Worker worker;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(Timing.STANDARD.dividedBy(8));
        worker = new Worker(settings());
        worker.start();
    }

    @AfterEach
    void stop() throws Exception {
        worker.drainAndStop(Duration.ZERO);
        server.close();
        assertThat(server.violations).isEmpty();
    }

    @Test
    void a_script_runs_with_its_parameters_and_reports_its_output_and_results() {
        String script = """
                echo "$greeting from $YARDMASTER_JOB attempt $YARDMASTER_ATTEMPT epoch $YARDMASTER_EPOCH"
                echo "run $YARDMASTER_RUN_ID at $YARDMASTER_NOMINAL_TIME" >&2
                echo "rows=17" > "$YARDMASTER_OUTPUT"
                """;
        Map<String, String> parameters = Map.of("greeting", "it's $(date) \"now\"\n`id`");
        Assignment assignment = Assignments.of(new ShellTask(script, "sh"), parameters, 0, 1000);
        Report report = run(assignment);
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.exitCode()).isZero();
        assertThat(report.result().path("rows").asText()).isEqualTo("17");
        assertThat(text(assignment.ref()))
                .isEqualTo("it's $(date) \"now\"\n`id` from default/nightly attempt 2 epoch 3\nrun "
                        + assignment.ref().run() + " at 2026-03-29T02:30:00Z\n");
        assertThat(directory.resolve("attempts")).isEmptyDirectory();
        await().atMost(LIMIT).until(() -> isEmpty(directory.resolve("spool")));
    }

    @Test
    void a_task_is_given_the_tokens_of_its_locks() {
        Assignment assignment = Assignments.holding(
                Map.of("default/ware-house", 7L, "finance/ledger.2", 9L), "env | grep ^YARDMASTER_LOCK_ | sort");
        run(assignment);
        assertThat(text(assignment.ref()))
                .isEqualTo("YARDMASTER_LOCK_FINANCE_LEDGER_2_TOKEN=9\nYARDMASTER_LOCK_WARE_HOUSE_TOKEN=7\n");
    }

    @Test
    void a_task_sees_nothing_of_the_workers_environment() {
        Assignment assignment = Assignments.script("env | cut -d= -f1 | sort | tr '\\n' ' '");
        run(assignment);
        assertThat(text(assignment.ref()).split(" "))
                .containsOnly(
                        "PATH",
                        "HOME",
                        "LANG",
                        "PWD",
                        "OLDPWD",
                        "YARDMASTER_ATTEMPT",
                        "YARDMASTER_EPOCH",
                        "YARDMASTER_GUARD",
                        "YARDMASTER_JOB",
                        "YARDMASTER_NOMINAL_TIME",
                        "YARDMASTER_OUTPUT",
                        "YARDMASTER_RUN_ID");
    }

    // pain 8: an end that cannot be told would be followed by attempt after attempt
    @Test
    void a_result_that_no_message_can_carry_is_left_out_of_the_report() {
        Report deep = run(Assignments.of(
                new ShellTask("printf '%s' \"$deep\" > \"$YARDMASTER_OUTPUT\"", "sh"),
                Map.of("deep", "{\"x\":" + "[".repeat(998) + "]".repeat(998) + "}"),
                0,
                1000));
        assertThat(deep.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(deep.message()).contains("was not kept: it is nested deeper than 500 levels");
    }

    // pain 8
    @Test
    void an_end_whose_result_the_servers_refuse_is_told_without_it() {
        server.refusesResults = true;
        Report report = run(Assignments.script("echo rows=17 > \"$YARDMASTER_OUTPUT\"; exit 3"));
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(report.result().isNull()).isTrue();
        assertThat(report.message()).startsWith("the servers refused the particulars");
        await().atMost(LIMIT).until(() -> isEmpty(directory.resolve("spool")));
        assertThat(server.refused).hasValue(1);
    }

    // R22: neither a later kind of task nor a damaged one holds up what was accepted with it
    @Test
    void a_task_that_cannot_be_read_costs_its_own_run_only() {
        Map<String, String> sent = Map.of(
                "{\"type\": \"quantum\", \"qubits\": 7}",
                "this worker, version " + settings().version()
                        + ", does not know tasks of type \"quantum\": upgrade it",
                "{\"type\": \"shell\", \"script\": {\"line\": 1}}",
                "what is to be run cannot be read; task.script: Cannot deserialize value of type `java.lang.String`"
                        + " from Object value (token `JsonToken.START_OBJECT`)",
                "{\"type\": \"unreadable\", \"problem\": \"as stored\"}",
                "what is to be run cannot be read; as stored",
                "null",
                "what is to be run cannot be read; task: is absent");
        sent.forEach((task, message) -> {
            Assignment bad = Assignments.noop();
            server.sentAs.put(bad.ref(), task);
            server.offer(bad);
            assertThat(run(Assignments.script("true")).outcome()).isEqualTo(Outcome.SUCCEEDED);
            await().atMost(LIMIT).until(() -> server.reportOf(bad.ref()) != null);
            assertThat(server.reportOf(bad.ref()))
                    .extracting(Report::outcome, Report::message)
                    .containsExactly(Outcome.FAILED, message);
        });
    }

    // R8: a container answers 404 by itself while it deploys the server anew
    @Test
    void a_report_outlasts_a_container_without_the_server() {
        Assignment assignment = Assignments.script("sleep 0.3; echo done");
        server.offer(assignment);
        await().atMost(LIMIT).until(() -> !new Leftovers(data()).find().isEmpty());
        server.problem = "text/html";
        server.deliveryStatus = 404;
        await().atMost(LIMIT).until(() -> server.refused.get() >= 2);
        server.deliveryStatus = 0;
        await().atMost(LIMIT).until(() -> server.reportOf(assignment.ref()) != null);
        assertThat(text(assignment.ref())).isEqualTo("done\n");
    }

    // R13: a server that lost its settings turns everybody away until somebody mends them
    @Test
    void a_report_outlasts_a_server_that_turns_its_workers_away() {
        Assignment assignment = Assignments.script("sleep 0.3; echo done");
        server.offer(assignment);
        await().atMost(LIMIT).until(() -> !new Leftovers(data()).find().isEmpty());
        server.deliveryStatus = 403;
        await().atMost(LIMIT).until(() -> server.refused.get() >= 2);
        server.deliveryStatus = 0;
        await().atMost(LIMIT).until(() -> server.reportOf(assignment.ref()) != null);
        assertThat(text(assignment.ref())).isEqualTo("done\n");
    }

    @Test
    void exit_codes_and_signals_are_told_as_a_shell_tells_them() {
        assertThat(run(Assignments.script("exit 3")))
                .extracting(Report::outcome, Report::exitCode, Report::message)
                .containsExactly(Outcome.FAILED, 3, "exit code 3");
        assertThat(run(Assignments.script("kill -s SEGV $$")))
                .extracting(Report::outcome, Report::exitCode, Report::message)
                .containsExactly(Outcome.FAILED, 139, "ended by signal 11");
        assertThat(run(Assignments.script("exit 255")).exitCode()).isEqualTo(255);
    }

    @Test
    void a_task_that_cannot_be_started_fails_with_what_would_be_right() {
        assertThat(run(Assignments.of(new ShellTask("x", "cobol"), Map.of(), 0, 1000))
                        .message())
                .startsWith("interpreter \"cobol\" is not allowed on this node: it has sh, ");
        assertThat(run(Assignments.of(new ShellTask("x", "sh"), Map.of("a-b", "c"), 0, 1000))
                        .message())
                .startsWith("parameter \"a-b\" cannot be an environment variable");
    }

    @Test
    void a_task_beyond_its_time_limit_is_timed_out() { // R16
        Assignment assignment = Assignments.of(new ShellTask("echo begun; sleep 600", "sh"), Map.of(), 500, 1000);
        Report report = run(assignment);
        assertThat(report.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(report.message()).isEqualTo("ended when its time limit of 0.5 s was over");
        assertThat(text(assignment.ref())).isEqualTo("begun\n");
    }

    @Test
    void a_cancelled_task_is_ended_even_if_it_ignores_TERM() { // R16
        Assignment assignment = Assignments.script("trap '' TERM; echo begun; while :; do sleep 600; done");
        server.offer(assignment);
        await().atMost(LIMIT).until(() -> "begun\n".equals(text(assignment.ref())));
        server.cancel(assignment.ref());
        await().atMost(LIMIT).until(() -> server.reportOf(assignment.ref()) != null);
        assertThat(server.reportOf(assignment.ref()).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void many_noops_run_without_a_process() {
        List<Assignment> noops =
                java.util.stream.Stream.generate(Assignments::noop).limit(100).toList();
        noops.forEach(server::offer);
        await().atMost(LIMIT).until(() -> server.reports.size() == 100);
        assertThat(server.reports).extracting(Report::outcome).containsOnly(Outcome.SUCCEEDED);
    }

    @Test
    void heartbeats_tell_load_and_what_is_held_and_slots_are_never_exceeded() {
        for (int i = 0; i < 8; i++) {
            server.offer(Assignments.script("sleep 0.6"));
        }
        await().atMost(LIMIT).until(() -> server.reports.size() == 8);
        assertThat(server.heartbeats)
                .allSatisfy(beat -> assertThat(beat.load().busySlots()).isBetween(0, 4));
        assertThat(server.heartbeats).anySatisfy(beat -> {
            assertThat(beat.held()).hasSize(4);
            assertThat(beat.load().cpu()).isBetween(0.0, 1.0);
            assertThat(beat.load().memoryUsed()).isBetween(1L, beat.load().memoryTotal());
            assertThat(beat.load().diskFree()).isBetween(1L, beat.load().diskTotal());
        });
    }

    @Test
    void output_is_exact_to_the_byte_and_what_is_beyond_the_limit_is_a_counted_gap() throws Exception { // R17
        Path bytes = directory.resolve("bytes");
        byte[] content = new byte[5_000_000];
        new java.util.Random(7).nextBytes(content);
        Files.write(bytes, content);
        Assignment assignment = Assignments.of(new ShellTask("cat '" + bytes + "'", "sh"), Map.of(), 0, 3_000_000);
        Report report = run(assignment);
        assertThat(report.outputBytes()).isEqualTo(5_000_000);
        assertThat(server.outputOf(assignment.ref())).isEqualTo(java.util.Arrays.copyOf(content, 3_000_000));
        var chunks = server.chunksOf(assignment.ref());
        assertThat(chunks.get(chunks.size() - 1).gap()).isEqualTo(2_000_000);
    }

    @Test
    void without_an_answer_everything_is_ended_before_the_lease_is_up_and_a_new_session_begins() { // R10
        Path alive = directory.resolve("alive");
        Assignment assignment = Assignments.script("while :; do date +%s.%N > '" + alive + "'; sleep 0.05; done");
        server.offer(assignment);
        await().atMost(LIMIT).until(() -> Files.exists(alive));
        server.freeze();
        await().atMost(Duration.ofMillis(2_500))
                .until(() -> new Leftovers(data()).find().isEmpty());
        server.thaw();
        await().atMost(LIMIT).until(() -> server.registrations.size() >= 2);
        assertThat(server.registrations.get(server.registrations.size() - 1).endsSession())
                .isEqualTo("1");
        assertThat(server.reportOf(assignment.ref())).isNull();
    }

    @Test
    void a_session_that_the_servers_gave_up_ends_what_it_held_unreported() { // R8
        Assignment assignment = Assignments.script("sleep 600");
        server.offer(assignment);
        await().atMost(LIMIT).until(() -> !new Leftovers(data()).find().isEmpty());
        server.giveUpSession();
        await().atMost(LIMIT).until(() -> server.registrations.size() == 2);
        assertThat(new Leftovers(data()).find()).isEmpty();
        assertThat(run(Assignments.noop()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(server.reportOf(assignment.ref())).isNull();
    }

    @Test
    void what_is_no_longer_the_workers_is_ended_unreported() { // R8
        Assignment assignment = Assignments.script("echo begun; sleep 600");
        server.offer(assignment);
        await().atMost(LIMIT).until(() -> "begun\n".equals(text(assignment.ref())));
        server.kill.add(assignment.ref());
        await().atMost(LIMIT).until(() -> new Leftovers(data()).find().isEmpty());
        assertThat(run(Assignments.noop()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(server.reportOf(assignment.ref())).isNull();
        assertThat(server.registrations).hasSize(1);
    }

    @Test
    void a_result_is_kept_until_a_server_has_it() { // R13
        server.deliveryStatus = 503;
        Assignment assignment = Assignments.script("echo done");
        server.offer(assignment);
        await().atMost(LIMIT).until(() -> SpooledResults.contain(directory, assignment.ref()));
        // held, since nobody has its result, though it fills no slot any more
        await().atMost(LIMIT).until(() -> {
            Heartbeat last = server.heartbeats.get(server.heartbeats.size() - 1);
            return last.load().busySlots() == 0 && last.held().contains(assignment.ref());
        });
        server.deliveryStatus = 0;
        await().atMost(LIMIT).until(() -> server.reportOf(assignment.ref()) != null);
        assertThat(text(assignment.ref())).isEqualTo("done\n");
    }

    @Test
    void draining_finishes_what_runs_and_takes_nothing_new() throws Exception { // R21
        Assignment assignment = Assignments.script("echo begun; sleep 1; echo done");
        server.offer(assignment);
        await().atMost(LIMIT).until(() -> "begun\n".equals(text(assignment.ref())));
        Thread drain = new Thread(() -> {
            try {
                worker.drainAndStop(Duration.ofSeconds(30));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        drain.start();
        await().atMost(LIMIT)
                .until(() -> server.heartbeats.get(server.heartbeats.size() - 1).draining());
        Assignment late = Assignments.noop();
        server.offer(late);
        drain.join(30_000);
        worker.awaitEnd();
        assertThat(server.reportOf(assignment.ref()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(server.reportOf(late.ref())).isNull();
        assertThat(server.ended).containsExactly("1");
        assertThat(directory.resolve("session.json")).doesNotExist();
    }

    @Test
    void a_revoked_node_stops_with_one_line() {
        await().atMost(LIMIT).until(() -> !server.heartbeats.isEmpty());
        server.status = 401;
        assertThatThrownBy(worker::awaitEnd)
                .isInstanceOf(WorkerFailure.class)
                .hasMessageContaining("was revoked")
                .hasMessageContaining("identity.json");
    }

    @Test
    void a_second_worker_on_the_same_directory_is_refused() {
        assertThatThrownBy(() -> new Worker(settings()).start())
                .isInstanceOf(WorkerFailure.class)
                .hasMessageStartingWith("another worker is running on " + directory);
    }

    // R22: nothing needs a hand to recover
    @Test
    void what_an_earlier_task_left_undeletable_keeps_no_worker_from_its_work() throws Exception {
        await().atMost(LIMIT).until(() -> !server.heartbeats.isEmpty());
        worker.drainAndStop(Duration.ZERO);
        Path left = Files.createDirectory(data().resolve("attempts").resolve("1-1"));
        try (Immutable immutable = Immutable.make(Files.writeString(left.resolve("kept"), ""))) {
            worker = new Worker(settings());
            worker.start();
            assertThat(run(Assignments.script("true")).outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
    }

    @Test
    void the_identity_is_readable_by_its_owner_only() throws Exception {
        await().atMost(LIMIT).until(() -> Files.exists(directory.resolve("identity.json")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("identity.json"))))
                .isEqualTo("rw-------");
    }

    private WorkerSettings settings() {
        return WorkerSettings.of(directory, List.of(server.address()), "north", 4)
                .joiningWith(JoinCode.parse(TestServer.CODE))
                .timed(Duration.ofSeconds(1), Duration.ofMillis(250));
    }

    private Report run(Assignment assignment) {
        server.offer(assignment);
        await().atMost(LIMIT).until(() -> server.reportOf(assignment.ref()) != null);
        return server.reportOf(assignment.ref());
    }

    private String text(RunRef ref) {
        return new String(server.outputOf(ref), StandardCharsets.UTF_8);
    }

    private Path data() {
        return directory;
    }

    private static boolean isEmpty(Path directory) throws java.io.IOException {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
