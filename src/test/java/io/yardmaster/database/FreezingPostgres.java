package io.yardmaster.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All processes of one embedded PostgreSQL, to be stopped: then it takes connections and answers nothing. */
public final class FreezingPostgres implements AutoCloseable {
    private final List<String> processes;

    /** @param directory of the {@link EmbeddedPostgres}, which has all its connections */
    public FreezingPostgres(Path directory) {
        this.processes = processesBelow(directory);
    }

    public void freeze() {
        signal("STOP");
    }

    @Override
    public void close() {
        signal("CONT");
    }

    private void signal(String name) {
        List<String> command = new ArrayList<>(List.of("kill", "-s", name));
        command.addAll(processes);
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** They all work in the data directory. */
    private static List<String> processesBelow(Path directory) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            Path below = directory.toRealPath();
            for (Path process : all) {
                if (worksBelow(below, process)) {
                    found.add(process.getFileName().toString());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }

    private static boolean worksBelow(Path directory, Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).startsWith(directory);
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }
}
