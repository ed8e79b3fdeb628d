package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.protocol.Assignment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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
    private final Assignment assignment = Assignments.noop();
    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        spool = Spool.open(directory, InstantSource.system());
        held.reserve(List.of(assignment.ref()));
    }

    @Test
    void an_attempt_without_a_thread_is_not_held() {
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

    private void start(LongSupplier uptime, ThreadFactory threads) {
        Workshop shop = new Workshop(null, null, null, null, null, uptime);
        new Attempts(shop, spool, held, new Delivery(shop, spool, held), threads).start(assignment, null);
    }

    private void assertGivenUp() {
        assertThat(held.refs()).isEmpty();
        assertThat(spool.all()).singleElement().satisfies(left -> {
            assertThat(left.isReadyToReport()).isTrue();
            assertThat(left.report()).isNull();
        });
    }
}
