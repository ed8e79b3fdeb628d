package io.yardmaster.worker;

import io.yardmaster.protocol.RunRef;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All attempts of which a server does not have everything yet, on disk below one directory. */
final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final Path directory;
    private final Map<RunRef, SpooledAttempt> attempts = new ConcurrentHashMap<>();
    private boolean full;

    private Spool(Path directory) {
        this.directory = directory;
    }

    /** With what an earlier worker left. */
    static Spool open(Path directory, InstantSource clock) throws IOException {
        Spool spool = new Spool(directory);
        Quarantine quarantine = new Quarantine(directory, clock);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*-*")) {
            for (Path path : found) {
                if (!Quarantine.holds(path)) {
                    spool.recover(path, quarantine);
                }
            }
        }
        quarantine.tidy();
        return spool;
    }

    SpooledAttempt create(RunRef ref, long limit) throws IOException {
        SpooledAttempt attempt = SpooledAttempt.create(ref, place(ref), limit);
        attempts.put(ref, attempt);
        return attempt;
    }

    /** Of an attempt that has nothing but its end to tell, and no place on disk. */
    SpooledAttempt withoutDisk(RunRef ref) {
        SpooledAttempt attempt = SpooledAttempt.withoutDisk(ref, place(ref));
        attempts.put(ref, attempt);
        return attempt;
    }

    /** Whether an attempt would find a place on disk; said in the log when that changes. */
    synchronized boolean hasPlace() {
        Path probe = directory.resolve("probe");
        try {
            Files.delete(OwnerOnly.directory(probe));
            if (full) {
                LOG.info("{} can be written again: runs are accepted", directory);
            }
            full = false;
        } catch (IOException refused) {
            if (!full) {
                LOG.error("No run is accepted until {} can be written: {}", directory, refused.toString());
            }
            full = true;
        }
        return !full;
    }

    List<SpooledAttempt> all() {
        return List.copyOf(attempts.values());
    }

    /** The attempts that ended and whose end no server has acknowledged. */
    List<RunRef> unreported() {
        return all().stream()
                .filter(attempt -> attempt.report() != null)
                .map(SpooledAttempt::ref)
                .toList();
    }

    boolean isEmpty() {
        return attempts.isEmpty();
    }

    void delete(SpooledAttempt attempt) {
        attempts.remove(attempt.ref());
        attempt.delete();
    }

    private Path place(RunRef ref) {
        return directory.resolve(ref.run() + "-" + ref.epoch());
    }

    private void recover(Path path, Quarantine quarantine) {
        String[] parts = path.getFileName().toString().split("-", 2);
        try {
            RunRef ref = new RunRef(parts[0], Long.parseLong(parts[1]));
            attempts.put(ref, SpooledAttempt.recover(ref, path));
        } catch (IOException | RuntimeException unreadable) {
            quarantine.take(path, unreadable);
        }
    }
}
