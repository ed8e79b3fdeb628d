package io.yardmaster.worker;

import io.yardmaster.protocol.RunRef;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All attempts of which a server does not have everything yet, on disk below one directory. */
final class Spool implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final Path directory;
    private final ResultJournal results;
    private final Map<RunRef, SpooledAttempt> attempts = new ConcurrentHashMap<>();
    private boolean full;

    private Spool(Path directory, ResultJournal results) {
        this.directory = directory;
        this.results = results;
    }

    /** With what an earlier worker left. */
    static Spool open(Path directory, InstantSource clock) throws IOException {
        Quarantine quarantine = new Quarantine(directory, clock);
        Map<RunRef, SpooledReport> reports = new HashMap<>();
        Spool spool = new Spool(directory, ResultJournal.open(directory, quarantine, reports));
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "[0-9]*-*")) {
            for (Path path : found) {
                spool.recover(path, reports, quarantine);
            }
        }
        for (RunRef silent : reports.keySet()) {
            spool.recover(silent, spool.place(silent), reports);
        }
        quarantine.tidy();
        return spool;
    }

    SpooledAttempt create(RunRef ref, long limit) {
        SpooledAttempt attempt = SpooledAttempt.create(ref, place(ref), results, limit);
        attempts.put(ref, attempt);
        return attempt;
    }

    /** Lets what no server has outlive the machine, which it need not as long as they take it at once. */
    void force() {
        try {
            results.force();
        } catch (IOException failure) {
            LOG.warn("Results that no server has may be lost with this machine: {}", failure.toString());
        }
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

    @Override
    public void close() throws IOException {
        results.close();
    }

    private Path place(RunRef ref) {
        return directory.resolve(ref.run() + "-" + ref.epoch());
    }

    private void recover(Path path, Map<RunRef, SpooledReport> reports, Quarantine quarantine) {
        String[] parts = path.getFileName().toString().split("-", 2);
        try {
            recover(new RunRef(parts[0], Long.parseLong(parts[1])), path, reports);
        } catch (IOException | RuntimeException unreadable) {
            quarantine.take(path, unreadable);
        }
    }

    private void recover(RunRef ref, Path path, Map<RunRef, SpooledReport> reports) throws IOException {
        if (!attempts.containsKey(ref)) {
            attempts.put(ref, SpooledAttempt.recover(ref, path, results, reports.get(ref)));
        }
    }
}
