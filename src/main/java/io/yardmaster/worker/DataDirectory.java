package io.yardmaster.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Where a worker keeps everything, held for one process at a time. */
final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** @throws WorkerFailure if it cannot be used, or another worker uses it */
    static DataDirectory open(Path root) {
        try {
            OwnerOnly.directory(root);
            Path real = root.toRealPath();
            DataDirectory directory = new DataDirectory(real, locked(real));
            OwnerOnly.directory(directory.attempts());
            OwnerOnly.directory(directory.spool());
            directory.installGuardian();
            return directory;
        } catch (IOException failure) {
            throw new WorkerFailure("data directory " + root + " cannot be used: " + failure, failure);
        }
    }

    private static FileChannel locked(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new WorkerFailure(
                    "another worker is running on " + root + ": stop it, or give this one a data directory of its own");
        }
        return channel;
    }

    private void installGuardian() throws IOException {
        try (InputStream script = DataDirectory.class.getResourceAsStream("guardian.sh")) {
            OwnerOnly.replace(guardian(), script.readAllBytes());
        }
    }

    Path root() {
        return root;
    }

    Path guardian() {
        return guardian(root);
    }

    static Path guardian(Path root) {
        return root.resolve("guardian.sh");
    }

    Path attempts() {
        return root.resolve("attempts");
    }

    Path spool() {
        return root.resolve("spool");
    }

    Path identity() {
        return root.resolve("identity.json");
    }

    Path session() {
        return root.resolve("session.json");
    }

    <T> Optional<T> read(Path file, Class<T> type) {
        try {
            return Files.exists(file) ? Optional.of(Json.MAPPER.readValue(file.toFile(), type)) : Optional.empty();
        } catch (IOException malformed) {
            throw new WorkerFailure(file + " cannot be read: " + malformed.getMessage(), malformed);
        }
    }

    /** @throws IOException naming {@code file} */
    void write(Path file, Object content) throws IOException {
        try {
            OwnerOnly.replace(file, Json.MAPPER.writeValueAsBytes(content));
        } catch (IOException failure) {
            throw new IOException(file + " cannot be written: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
