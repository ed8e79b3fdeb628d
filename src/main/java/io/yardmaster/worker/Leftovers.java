package io.yardmaster.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guardians, and processes of tasks, that outlived the worker which started them. They are known by what they carry: the
 * path of this data directory's guardian in their command line, or its mark in their environment. Numbers written down
 * by a worker that was killed could be missing or mean other processes by now. Zombies carry neither and count as gone.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final long END_LIMIT = 1_000;

    private final String argument;
    private final String mark;

    Leftovers(Path root) {
        this(DataDirectory.guardian(root).toString(), keyPrefix(root));
    }

    private Leftovers(String argument, String key) {
        this.argument = "\0" + argument + "\0";
        this.mark = "YARDMASTER_GUARD=" + key;
    }

    /** The guardian and the processes of one attempt. */
    static Leftovers of(AttemptDirectory attempt) {
        return new Leftovers(attempt.key(), attempt.key());
    }

    /** Returns when nothing of {@code attempt} is left. */
    static void endOf(AttemptDirectory attempt) throws InterruptedException {
        while (!of(attempt).end(END_LIMIT)) {
            LOG.error("What was started in {} cannot be ended; its run is not given up before", attempt.path());
        }
    }

    /** What the key of every guardian of this directory begins with. */
    static String keyPrefix(Path root) {
        return root + "#";
    }

    /**
     * Kills all there are, until there are none.
     *
     * @return whether none is left
     */
    boolean end(long limitMillis) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        List<ProcessHandle> found = find();
        while (!found.isEmpty() && System.nanoTime() < limit) {
            found.forEach(ProcessHandle::destroyForcibly);
            TimeUnit.MILLISECONDS.sleep(20);
            found = find();
        }
        return found.isEmpty();
    }

    List<ProcessHandle> find() {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isOurs(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException failure) {
            throw new WorkerFailure("a worker needs to read /proc: " + failure.getMessage(), failure);
        }
        return found;
    }

    private boolean isOurs(Path process) {
        return read(process.resolve("cmdline")).contains(argument)
                || read(process.resolve("environ")).contains(mark);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException goneOrNotOurs) {
            return "";
        }
    }
}
