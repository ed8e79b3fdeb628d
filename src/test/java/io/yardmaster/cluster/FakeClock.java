package io.yardmaster.cluster;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The wall clock of one process, stepped while it runs. Its monotonic clock goes on as it did. */
final class FakeClock {
    /** Where Debian puts it, by processor. */
    private static final Optional<Path> LIBRARY = List.of("x86_64-linux-gnu", "aarch64-linux-gnu").stream()
            .map(processor -> Path.of("/usr/lib", processor, "faketime", "libfaketimeMT.so.1"))
            .filter(Files::exists)
            .findFirst();

    private final Path file;

    FakeClock(Path file) {
        assumeThat(LIBRARY).as("libfaketime, of Debian's package faketime").isPresent();
        this.file = file;
        step(0);
    }

    /** What a process needs to go by this clock. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", LIBRARY.orElseThrow().toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // or each timed wait of the JVM takes ten times as long
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Within a second it is so many seconds off the machine's. */
    void step(int seconds) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, String.format("%+d%n", seconds));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
