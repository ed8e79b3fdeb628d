package io.yardmaster.app.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory in which unpacked WARs are kept, for many processes at once. Each marks the one it uses by a shared lock
 * that ends with the process; what nobody has marked is of a WAR that was replaced, and is removed by the next start.
 */
final class WarCache {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final String DRAFT = "unpacking";
    private static final String MARK = ".in-use";

    /** Reachable until the process ends, or its lock would end earlier. */
    private static FileChannel inUse;

    private final Path directory;

    WarCache(Path directory) {
        this.directory = directory;
    }

    /** The content of {@code war}, unpacked at the first call for {@code name}; made beside and renamed into place. */
    Path unpacked(Path war, String name) throws IOException {
        Path unpacked = directory.resolve(name);
        if (Files.isDirectory(unpacked) && !Files.isWritable(directory)) {
            // somebody else has filled it, as for an image
            return unpacked;
        }
        Files.createDirectories(directory, OWNER_ONLY);
        try (FileChannel file = open("lock");
                FileLock turn = file.lock()) {
            mark(name);
            if (!Files.isDirectory(unpacked)) {
                Path draft = Files.createTempDirectory(directory, DRAFT, OWNER_ONLY);
                UnpackedWar.unpack(war, draft);
                Files.move(draft, unpacked, StandardCopyOption.ATOMIC_MOVE);
            }
            removeUnused(name);
            return unpacked;
        }
    }

    private void mark(String name) throws IOException {
        inUse = open(name + MARK);
        inUse.lock(0, Long.MAX_VALUE, true);
    }

    /** What cannot be removed is left for another start: it is in nobody's way. */
    private void removeUnused(String used) {
        try (Stream<Path> found = Files.list(directory)) {
            for (Path path : found.toList()) {
                String name = path.getFileName().toString();
                if (name.startsWith(DRAFT)) {
                    delete(path);
                } else if (name.endsWith(MARK) && !name.equals(used + MARK)) {
                    removeUnlessMarked(name.substring(0, name.length() - MARK.length()));
                }
            }
        } catch (IOException | UncheckedIOException kept) {
            return;
        }
    }

    /** Nobody can begin to use it meanwhile, since it is our turn. */
    private void removeUnlessMarked(String name) throws IOException {
        try (FileChannel mark = open(name + MARK);
                FileLock unused = mark.tryLock()) {
            if (unused != null) {
                Path unpacked = directory.resolve(name);
                if (Files.isDirectory(unpacked)) {
                    Path draft = directory.resolve(DRAFT + "-" + name);
                    delete(Files.move(unpacked, draft, StandardCopyOption.ATOMIC_MOVE));
                }
                Files.delete(directory.resolve(name + MARK));
            }
        }
    }

    private FileChannel open(String name) throws IOException {
        return FileChannel.open(
                directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void delete(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(root)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
