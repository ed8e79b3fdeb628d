package io.yardmaster.worker;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** A directory and all below it. */
final class Trees {
    /** Levels that are deleted where they are. */
    private static final int DEEPEST = 8;

    private Trees() {}

    /**
     * Deletes also what its owner had closed to himself; symbolic links are deleted, not followed. What a task has nested
     * deeper than any path can name is moved up to {@code root} first, so that paths stay short.
     */
    static void delete(Path root) throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(root);
            return;
        }
        Deque<Path> left = new ArrayDeque<>(List.of(root));
        while (!left.isEmpty()) {
            List<Path> below = directoriesIn(left.peek());
            if (below.isEmpty()) {
                Files.delete(left.pop());
            }
            for (Path directory : below) {
                left.push(
                        directory.getNameCount() - root.getNameCount() < DEEPEST ? directory : lifted(directory, root));
            }
        }
    }

    /** All else is deleted. */
    private static List<Path> directoriesIn(Path directory) throws IOException {
        if (!Files.isReadable(directory) || !Files.isWritable(directory) || !Files.isExecutable(directory)) {
            open(directory);
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(entry);
                } else {
                    Files.deleteIfExists(entry);
                }
            }
        }
        return found;
    }

    /** Its owner must be able to write it, since it has its parent written in it. */
    private static Path lifted(Path directory, Path root) throws IOException {
        open(directory);
        return Files.move(directory, root.resolve("lifted-" + UUID.randomUUID()));
    }

    private static void open(Path directory) {
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException refused) {
            // deleting will say why it cannot be
        }
    }
}
