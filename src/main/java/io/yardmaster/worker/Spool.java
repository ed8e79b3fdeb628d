package io.yardmaster.worker;

import io.yardmaster.protocol.RunRef;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All attempts of which a server does not have everything yet, on disk below one directory. */
final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private static final String DAMAGED = "damaged-";

    private final Path directory;
    private final Map<RunRef, SpooledAttempt> attempts = new ConcurrentHashMap<>();

    private Spool(Path directory) {
        this.directory = directory;
    }

    /** With what an earlier worker left. */
    static Spool open(Path directory) throws IOException {
        Spool spool = new Spool(directory);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*-*")) {
            for (Path path : found) {
                if (!path.getFileName().toString().startsWith(DAMAGED)) {
                    spool.recover(path);
                }
            }
        }
        return spool;
    }

    SpooledAttempt create(RunRef ref, long limit) throws IOException {
        SpooledAttempt attempt = SpooledAttempt.create(ref, directory.resolve(ref.run() + "-" + ref.epoch()), limit);
        attempts.put(ref, attempt);
        return attempt;
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

    private void recover(Path path) {
        String[] parts = path.getFileName().toString().split("-", 2);
        try {
            RunRef ref = new RunRef(parts[0], Long.parseLong(parts[1]));
            attempts.put(ref, SpooledAttempt.recover(ref, path));
        } catch (IOException | RuntimeException unreadable) {
            Path aside = path.resolveSibling(DAMAGED + path.getFileName());
            LOG.warn(
                    "{} was left by an earlier worker and cannot be read, so it becomes {}: {}",
                    path,
                    aside.getFileName(),
                    unreadable.toString());
            move(path, aside);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException failure) {
            LOG.warn("{} cannot be renamed: {}", from, failure.toString());
        }
    }
}
