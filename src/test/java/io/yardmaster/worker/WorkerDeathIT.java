package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.Timing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker's JVM is killed or frozen. */
final class WorkerDeathIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private TestServer server;
    private Process worker;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer(Timing.STANDARD.dividedBy(4));
        worker = launch();
    }

    @AfterEach
    void stop() throws Exception {
        worker.destroyForcibly().waitFor();
        server.close();
        assertThat(new Leftovers(directory.toRealPath()).end(5_000)).isTrue();
        assertThat(server.violations).isEmpty();
    }

    @Test
    void killed_nothing_of_its_tasks_is_left_and_the_next_one_sends_what_was_printed() throws Exception { // R10 R15 R17
        Assignment running = begun("echo begun; setsid sleep 600 & sleep 600");
        server.deliveryStatus = 503;
        Assignment finished = Assignments.script("echo finished");
        server.offer(finished);
        await().atMost(LIMIT).until(() -> SpooledResults.contain(directory, finished.ref()));
        worker.destroyForcibly().waitFor();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> new Leftovers(directory.toRealPath()).find().isEmpty());

        server.deliveryStatus = 0;
        worker = launch();
        await().atMost(LIMIT).until(() -> server.reportOf(finished.ref()) != null);
        var registration = server.registrations.get(server.registrations.size() - 1);
        assertThat(registration.endsSession()).isEqualTo("1");
        assertThat(registration.ended()).containsExactly(finished.ref());
        assertThat(server.outputOf(finished.ref()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("finished\n");
        assertThat(server.reportOf(running.ref())).isNull();
    }

    @Test
    void frozen_beyond_its_lease_its_tasks_are_ended_without_it() throws Exception { // R10
        begun("echo begun; trap '' TERM; while :; do sleep 1; done");
        signal("STOP");
        await().atMost(Duration.ofSeconds(6))
                .until(() -> new Leftovers(directory.toRealPath()).find().isEmpty());
        signal("CONT");
        await().atMost(LIMIT).until(() -> server.registrations.size() == 2);
        assertThat(server.reports).isEmpty();
    }

    @Test
    void idle_its_heap_is_small() throws Exception {
        await().atMost(LIMIT).until(() -> server.heartbeats.size() > 10);
        jcmd("GC.run");
        String info = jcmd("GC.heap_info");
        var used = java.util.regex.Pattern.compile("used (\\d+)K").matcher(info);
        assertThat(used.find()).as(info).isTrue();
        System.out.println("idle worker, heap used after GC: " + used.group(1) + " KiB");
        assertThat(Long.parseLong(used.group(1))).isLessThan(64 * 1024);
    }

    private Assignment begun(String script) {
        Assignment assignment = Assignments.script(script);
        server.offer(assignment);
        await().atMost(LIMIT).until(() -> {
            byte[] output = server.outputOf(assignment.ref());
            return output != null && output.length > 0;
        });
        return assignment;
    }

    private Process launch() throws IOException {
        return WorkerProgram.launch(directory, server.address(), 4);
    }

    private String jcmd(String command) throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/jcmd", Long.toString(worker.pid()), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-s", name, Long.toString(worker.pid()))
                .start()
                .waitFor();
    }
}
