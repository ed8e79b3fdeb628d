package io.yardmaster.worker;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A directory and all below it. */
final class Trees {
    /** Levels that are deleted where they are. */
    private static final int DEEPEST = 8;

    private final Path root;
    private final Deque<Path> left = new ArrayDeque<>();
    /** Directories that cannot be deleted. */
    private final Set<Path> stuck = new HashSet<>();

    private IOException first;

    private Trees(Path root) {
        this.root = root;
    }

    /**
     * Deletes also what its owner had closed to himself; symbolic links are deleted, not followed. What a task has nested
     * deeper than any path can name is moved up to {@code root} first, so that paths stay short.
     *
     * @throws IOException if something cannot be deleted; all else is
     */
    static void delete(Path root) throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(root);
            return;
        }
        Trees trees = new Trees(root);
        trees.delete();
        if (trees.first != null) {
            throw trees.first;
        }
    }

    private void delete() {
        left.push(root);
        while (!left.isEmpty()) {
            List<Path> below = directoriesIn(left.peek());
            if (below.isEmpty()) {
                Path directory = left.pop();
                attempt(directory, () -> Files.delete(directory));
            }
            for (Path directory : below) {
                if (directory.getNameCount() - root.getNameCount() < DEEPEST) {
                    left.push(directory);
                } else {
                    attempt(directory, () -> left.push(lifted(directory)));
                }
            }
        }
    }

    /** All else is deleted. */
    private List<Path> directoriesIn(Path directory) {
        if (!Files.isReadable(directory) || !Files.isWritable(directory) || !Files.isExecutable(directory)) {
            open(directory);
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    attempt(directory, () -> Files.deleteIfExists(entry));
                } else if (!stuck.contains(entry)) {
                    found.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException refused) {
            // deleting it will say why it cannot be
        }
        return found;
    }

    private void attempt(Path directory, Step step) {
        try {
            step.take();
        } catch (IOException refused) {
            stuck.add(directory);
            first = first == null ? refused : first;
        }
    }

    /** Its owner must be able to write it, since it has its parent written in it. */
    private Path lifted(Path directory) throws IOException {
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

    /** Towards a directory's end. */
    private interface Step {
        void take() throws IOException;
    }
}
