package io.yardmaster.database;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code postmaster.pid}: which process serves a data directory, and on which port. */
final class PostmasterFile {
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;
    private static final int ZOMBIE_CHECKS = 600;
    /** Linux numbers processes below 2^22. */
    private static final long BEYOND_ALL_PIDS = 1 << 22;

    private final Path file;

    PostmasterFile(Path data) {
        this.file = data.resolve("postmaster.pid");
    }

    int port() throws IOException {
        return Integer.parseInt(lines().get(PORT_LINE).trim());
    }

    /**
     * The living postmaster, if there is one. One killed but not yet reaped still answers signals, and a new one would
     * refuse its lock file: such a one is waited for.
     */
    Optional<ProcessHandle> running() throws IOException {
        List<String> lines = lines();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.get(PID_LINE).trim());
        for (int check = 0; check < ZOMBIE_CHECKS && isZombie(pid); check++) {
            pause();
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent() && !servesThisDirectory(pid)) {
            disown(lines);
            return Optional.empty();
        }
        return process;
    }

    /** A postmaster works in its data directory; after a crash its number may by now be anybody's. */
    private boolean servesThisDirectory(long pid) throws IOException {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"))
                    .equals(file.getParent().toRealPath());
        } catch (AccessDeniedException | NoSuchFileException notOurs) {
            return false;
        }
    }

    /**
     * Names a process that cannot exist, so that a new postmaster does not take a stranger for its predecessor. The rest
     * of the file stays: by it PostgreSQL finds the shared memory of back ends that outlived a crash.
     */
    private void disown(List<String> lines) throws IOException {
        List<String> disowned = new ArrayList<>(lines);
        disowned.set(PID_LINE, Long.toString(BEYOND_ALL_PIDS));
        Files.write(file, disowned);
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException gone) {
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
