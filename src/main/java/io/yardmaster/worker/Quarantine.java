package io.yardmaster.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was in the spool and cannot be read stays for people to look at: the latest few, for some days. */
final class Quarantine {
    static final int MOST = 20;
    static final Duration LONGEST = Duration.ofDays(14);

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final String PREFIX = "damaged-";

    private final Path directory;
    private final InstantSource clock;

    Quarantine(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Puts {@code path} aside. It is told of here and never again. */
    void take(Path path, Exception unreadable) {
        Path aside = path.resolveSibling(PREFIX + path.getFileName());
        LOG.warn(
                "{} was left by an earlier worker and cannot be read: {}. It becomes {}, for {} days at most",
                path,
                unreadable.toString(),
                aside.getFileName(),
                LONGEST.toDays());
        try {
            Files.move(path, aside);
            Files.setLastModifiedTime(aside, FileTime.from(clock.instant()));
        } catch (IOException failure) {
            LOG.warn("{} cannot be put aside: {}", path, failure.toString());
        }
    }

    /** Deletes what is too old or too much. */
    void tidy() throws IOException {
        List<Path> held = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, PREFIX + "*")) {
            found.forEach(held::add);
        }
        held.sort(Comparator.comparing(Quarantine::since).reversed());
        Instant oldest = clock.instant().minus(LONGEST);
        for (int place = 0; place < held.size(); place++) {
            if (place >= MOST || since(held.get(place)).isBefore(oldest)) {
                delete(held.get(place));
            }
        }
    }

    private static Instant since(Path path) {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path path) {
        try {
            Trees.delete(path);
            LOG.info("{} was kept long enough and is deleted", path);
        } catch (IOException failure) {
            LOG.warn("{} cannot be deleted: {}", path, failure.toString());
        }
    }
}
