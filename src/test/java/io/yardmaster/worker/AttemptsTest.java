package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.Report.Outcome;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.task.NoopTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine without threads or memory leaves behind: a session waits for what is held, for ever if need be. */
final class AttemptsTest {
    @TempDir
    Path directory;

    private final Held held = new Held(4);
    private Path place;
    private Assignment assignment = Assignments.noop();
    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        place = Files.createDirectory(directory.resolve("spool"));
        spool = Spool.open(place, InstantSource.system());
    }

    @Test
    void an_attempt_without_a_thread_is_not_held() {
        assignment = Assignments.script("true");
        start(() -> 0, task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        assertGivenUp();
    }

    @Test
    void an_attempt_that_ends_with_an_error_is_not_held() {
        LongSupplier uptime = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        start(uptime, Thread::new);
        await().until(() -> spool.all().get(0).isReadyToReport());
        assertGivenUp();
    }

    // a session waits for ever for what is held and never executed
    @Test
    void an_attempt_that_cannot_be_spooled_keeps_no_other_held() {
        Assignment broken = new Assignment(
                new RunRef("\0", 3), "default", "nightly", 1, null, new NoopTask(), Map.of(), 0, 0, Map.of());
        assertThatThrownBy(() -> attempts(() -> 7, Thread::new).start(List.of(assignment, broken), null))
                .isInstanceOf(InvalidPathException.class);
        assertThat(held.busySlots()).isZero();
        assertThat(held.refs()).containsOnly(assignment.ref());
        assertThat(spool.all().get(0).report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    // a full disk loses nothing that a server takes in time
    @Test
    void an_attempt_without_a_place_in_the_spool_is_reported_all_the_same() throws IOException {
        loseSpool();
        start(() -> 7, Thread::new);
        await().until(() -> spool.all().get(0).isReadyToReport());
        assertThat(held.refs()).containsOnly(assignment.ref());
        assertThat(spool.all().get(0).report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    // else it would fail all that comes, faster than any other worker does its work
    @Test
    void without_a_place_in_the_spool_nothing_more_is_accepted() throws IOException {
        assertThat(spool.hasPlace()).isTrue();
        loseSpool();
        assertThat(spool.hasPlace()).isFalse();
        Files.delete(place);
        Files.createDirectory(place);
        assertThat(spool.hasPlace()).isTrue();
        assertThat(place).isEmptyDirectory();
    }

    private void loseSpool() throws IOException {
        Files.delete(place);
        Files.createFile(place);
    }

    private void start(LongSupplier uptime, ThreadFactory threads) {
        held.reserve(List.of(assignment.ref()));
        attempts(uptime, threads).start(List.of(assignment), null);
    }

    private Attempts attempts(LongSupplier uptime, ThreadFactory threads) {
        Workshop shop = new Workshop(null, null, null, null, null, uptime);
        return new Attempts(shop, spool, held, new Delivery(shop, spool, held), new Pauses(held), threads);
    }

    private void assertGivenUp() {
        assertThat(held.refs()).isEmpty();
        assertThat(spool.all()).singleElement().satisfies(left -> {
            assertThat(left.isReadyToReport()).isTrue();
            assertThat(left.report()).isNull();
        });
    }
}
