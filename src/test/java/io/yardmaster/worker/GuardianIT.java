package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.protocol.RunRef;
import io.yardmaster.worker.Guardian.Ending;
import io.yardmaster.worker.Guardian.GuardianCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing of a task outlives it, however its processes forked. R15 */
final class GuardianIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long FAR = 600_000;
    /** A child, a double fork in the same session and one in a session of its own, all deaf to TERM. */
    private static final String HOSTILE = """
            trap '' TERM HUP
            sleep 600 &
            (sleep 600 &)
            setsid sh -c 'sleep 600 & exec >/dev/null 2>&1; sleep 600' &
            (setsid sh -c 'sleep 600 & sleep 600' >/dev/null 2>&1 &)
            sleep 0.2
            echo up
            """;

    private static final String FOR_EVER = HOSTILE + "while :; do sleep 600; done\n";

    @TempDir
    Path directory;

    private DataDirectory data;
    private AttemptDirectory attempt;
    private final CountDownLatch exited = new CountDownLatch(1);

    @BeforeEach
    void open() throws IOException {
        data = DataDirectory.open(directory);
        attempt = AttemptDirectory.create(data, new RunRef("12", 1));
    }

    @AfterEach
    void close() throws Exception {
        assertThat(new Leftovers(directory).end(2_000)).isTrue();
        data.close();
    }

    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void when_the_script_ends_its_descendants_end(Containment.Kind kind) throws Exception {
        Ending ending = awaitEnd(start(kind, HOSTILE + "exit 5\n", FAR));
        assertThat(ending).extracting(Ending::started, Ending::status).containsExactly(true, 5);
    }

    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void killed_everything_ends(Containment.Kind kind) throws Exception {
        Guardian guardian = started(kind, FAR);
        guardian.kill();
        awaitEnd(guardian);
    }

    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void deaf_to_TERM_everything_ends_after_the_grace(Containment.Kind kind) throws Exception {
        Guardian guardian = started(kind, FAR);
        guardian.pause();
        guardian.terminate(Duration.ofMillis(500));
        awaitEnd(guardian);
    }

    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void when_its_time_is_up_everything_ends(Containment.Kind kind) throws Exception { // R10
        awaitEnd(started(kind, 2_000));
    }

    // R10 R15 R16: what a task does to its files leads nobody astray who has to end it
    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void a_task_that_deletes_its_directory_ends_like_any_other(Containment.Kind kind) throws Exception {
        Guardian guardian = start(kind, "here=$PWD\ncd /\nrm -rf \"${here%/work}\"\n" + FOR_EVER, FAR);
        awaitUp(guardian);
        guardian.terminate(Duration.ofMillis(100));
        awaitEnd(guardian);
    }

    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void a_task_that_names_another_process_ends_itself(Containment.Kind kind) throws Exception { // R10 R15
        Process other = new ProcessBuilder("setsid", "sh", "-c", "sleep 600 & wait").start();
        try {
            Guardian guardian = start(kind, "echo " + other.pid() + " >../task\n" + FOR_EVER, FAR);
            awaitUp(guardian);
            guardian.kill();
            awaitEnd(guardian);
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.descendants().forEach(ProcessHandle::destroyForcibly);
            other.destroyForcibly();
        }
    }

    // R16: a task that forked until the machine had no process left would else be there for ever
    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void where_no_process_is_to_be_had_everything_ends_after_the_grace(Containment.Kind kind) throws Exception {
        try (ProcessLimit limit = ProcessLimit.open()) {
            Guardian guardian = started(kind, FAR);
            limit.noMoreThan(new Leftovers(directory).find());
            guardian.terminate(Duration.ofMillis(100));
            awaitEnd(guardian);
        }
    }

    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void where_no_process_is_to_be_had_everything_ends_when_its_time_is_up(Containment.Kind kind)
            throws Exception { // R10
        try (ProcessLimit limit = ProcessLimit.open()) {
            Guardian guardian = started(kind, 2_000);
            limit.noMoreThan(new Leftovers(directory).find());
            awaitEnd(guardian);
        }
    }

    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void a_script_may_answer_TERM_with_a_status_of_its_own(Containment.Kind kind) throws Exception {
        Guardian guardian = start(kind, "trap 'echo bye; exit 9' TERM\necho up\nwhile :; do sleep 0.1; done\n", FAR);
        awaitUp(guardian);
        guardian.terminate(Duration.ofSeconds(10));
        assertThat(awaitEnd(guardian).status()).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void paused_nothing_moves_until_it_is_resumed(Containment.Kind kind) throws Exception {
        Guardian guardian = start(kind, "mkfifo go\necho up\nread line < go\n", FAR);
        awaitUp(guardian);
        guardian.pause();
        await().atMost(LIMIT).until(() -> guardian.isPaused().isPresent());
        assertThat(guardian.isPaused()).contains(true);
        assertThat(states()).isNotEmpty().allMatch(state -> state == 'T');
        guardian.resume();
        await().atMost(LIMIT).until(() -> !states().contains('T'));
        guardian.kill();
        awaitEnd(guardian);
    }

    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void paused_again_and_again_a_tree_that_forks_all_the_time_stands_still(Containment.Kind kind) throws Exception {
        String restless = "while :; do (setsid sh -c 'sleep 0.01 &' &) ; done &\n";
        Guardian guardian = start(kind, restless + FOR_EVER, FAR);
        awaitUp(guardian);
        for (int turn = 0; turn < 5; turn++) {
            guardian.pause();
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> guardian.isPaused().orElse(false));
            assertThat(states()).hasSizeGreaterThan(5).containsOnly('T');
            guardian.resume();
            await().atMost(LIMIT).until(() -> !states().contains('T'));
        }
        guardian.kill();
        awaitEnd(guardian);
    }

    // R10: what stands still has no more time than what runs
    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void paused_everything_ends_when_its_time_is_up(Containment.Kind kind) throws Exception {
        Guardian guardian = started(kind, 2_000);
        guardian.pause();
        awaitEnd(guardian);
    }

    // R10: somebody else is found at each look, and each takes long, as on a machine with very many processes
    @Test
    void what_never_stands_still_has_no_more_time() throws Exception {
        Path slow = Files.createDirectory(directory.resolve("slow"));
        Path grep = Files.writeString(
                slow.resolve("grep"), "#!/bin/sh\nsleep 1\necho /proc/$$/environ\nexec /bin/grep \"$@\"\n");
        assertThat(grep.toFile().setExecutable(true)).isTrue();
        Guardian guardian = start(Containment.Kind.PROCESS_GROUP, "echo up\nsleep 600\n", 2_000, slow + ":");
        awaitUp(guardian);
        guardian.pause();
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        await().atMost(Duration.ofSeconds(30)).until(() -> states().isEmpty());
        assertThat(System.nanoTime()).isLessThan(until);
    }

    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void when_the_guardian_itself_is_killed_everything_ends(Containment.Kind kind) throws Exception {
        started(kind, FAR);
        for (ProcessHandle process : new Leftovers(directory).find()) {
            if (process.parent()
                    .map(ProcessHandle::pid)
                    .equals(java.util.Optional.of(ProcessHandle.current().pid()))) {
                process.destroyForcibly();
            }
        }
        awaitNothingLeft();
    }

    private Guardian started(Containment.Kind kind, long millis) throws Exception {
        Guardian guardian = start(kind, FOR_EVER, millis);
        awaitUp(guardian);
        assertThat(new Leftovers(directory).find()).hasSizeGreaterThan(5);
        return guardian;
    }

    private Guardian start(Containment.Kind kind, String script, long millis) throws Exception {
        return start(kind, script, millis, "");
    }

    private Guardian start(Containment.Kind kind, String script, long millis, String before) throws Exception {
        String path = before + System.getenv("PATH");
        attempt.write(script, Map.of("PATH", path, "YARDMASTER_GUARD", attempt.key()));
        Containment containment = kind == Containment.Kind.PROCESS_GROUP ? Containment.GROUP : Containment.probe();
        assertThat(containment.kind()).isEqualTo(kind);
        GuardianCommand command = new GuardianCommand(data, containment, attempt, Duration.ofMillis(250), "/bin/sh");
        Guardian guardian = Guardian.start(command, path, Machine.uptimeMillis() + millis);
        guardian.onExit(exited::countDown);
        return guardian;
    }

    private static void awaitUp(Guardian guardian) throws IOException {
        assertThat(new String(guardian.output().readNBytes(3), StandardCharsets.UTF_8))
                .isEqualTo("up\n");
    }

    private Ending awaitEnd(Guardian guardian) throws InterruptedException {
        assertThat(exited.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        awaitNothingLeft();
        return guardian.ending();
    }

    private void awaitNothingLeft() {
        await().atMost(LIMIT).until(() -> new Leftovers(directory).find().isEmpty());
    }

    /** Of each process of the task. */
    private List<Character> states() {
        List<Character> states = new ArrayList<>();
        for (ProcessHandle process : new Leftovers(directory).find()) {
            try {
                Path files = Path.of("/proc/" + process.pid());
                if (Files.readString(files.resolve("environ")).contains("YARDMASTER_GUARD=" + attempt.key())) {
                    String stat = Files.readString(files.resolve("stat"));
                    states.add(stat.charAt(stat.lastIndexOf(')') + 2));
                }
            } catch (IOException gone) {
                // no process any more
            }
        }
        return states;
    }
}
