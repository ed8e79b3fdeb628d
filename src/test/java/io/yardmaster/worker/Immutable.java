package io.yardmaster.worker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file that not even root can delete, as one of another user is for anybody else. */
final class Immutable implements AutoCloseable {
    private final Path file;

    private Immutable(Path file) {
        this.file = file;
    }

    /** Skips the test where this user or this file system cannot. */
    static Immutable make(Path file) throws IOException, InterruptedException {
        assumeTrue(change("+i", file), "needs chattr +i");
        return new Immutable(file);
    }

    private static boolean change(String how, Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("chattr", how, file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        change("-i", file);
    }
}
