package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.protocol.JoinCode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JoiningTest {
    private static final String OLD_PIN = "a".repeat(64);
    private static final String NEW_PIN = "b".repeat(64);
    /** Nobody listens there, and nobody needs to. */
    private static final List<URI> SERVERS = List.of(URI.create("http://127.0.0.1:1"));

    @TempDir
    Path directory;

    @Test
    void a_worker_that_has_joined_believes_the_certificate_of_a_new_code_and_stays_itself() throws Exception {
        try (DataDirectory data = DataDirectory.open(directory)) {
            data.write(data.identity(), new Identity("7", "secret", OLD_PIN));
            assertThat(identity(data, "new-code#" + NEW_PIN)).isEqualTo(new Identity("7", "secret", NEW_PIN));
            assertThat(identity(data, null)).isEqualTo(new Identity("7", "secret", NEW_PIN));
            assertThat(identity(data, "code-without-pin")).isEqualTo(new Identity("7", "secret", NEW_PIN));
        }
    }

    private Identity identity(DataDirectory data, String code) throws InterruptedException {
        WorkerSettings settings = WorkerSettings.of(directory, SERVERS, "north", 1)
                .joiningWith(code == null ? null : JoinCode.parse(code));
        return new Joining(data, settings).identity(new CountDownLatch(1)).orElseThrow();
    }
}
