package io.yardmaster.database;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs. They refuse to run as root, so root steps into a user namespace in which it is nobody
 * (files stay root's on disk) or, where such namespaces are forbidden, becomes the owner of the data directory.
 */
final class PostgresCommand {
    private static final int ROOT = 0;

    private final Path home;
    private final Path directory;

    PostgresCommand(Path home, Path directory) {
        this.home = home;
        this.directory = directory;
    }

    Path data() {
        return directory.resolve("data");
    }

    /** Makes the data directory unless it is there already, in a place beside it first so that a crash leaves none. */
    void initialise(Path passwordFile) throws IOException {
        if (Files.exists(data().resolve("PG_VERSION"))) {
            return;
        }
        Path draft = directory.resolve("data.new");
        Trees.delete(draft);
        Path log = directory.resolve("initdb.log");
        Process process = start(
                log,
                List.of(
                        "bin/initdb",
                        "-D",
                        draft.toString(),
                        "-U",
                        EmbeddedRoles.SUPERUSER,
                        "-A",
                        "scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "-E",
                        "UTF8",
                        "--locale=C",
                        "--data-checksums"));
        if (await(process) != 0) {
            throw new DatabaseUnavailable("initdb failed: " + Files.readString(log));
        }
        Files.move(draft, data());
    }

    Process postmaster(int port) throws IOException {
        return start(
                directory.resolve("postgres.log"),
                List.of(
                        "bin/postgres",
                        "-D",
                        data().toString(),
                        "-p",
                        Integer.toString(port),
                        "-h",
                        "127.0.0.1",
                        "-k",
                        "",
                        "-c",
                        "max_connections=200",
                        "-c",
                        "shared_buffers=128MB",
                        "-c",
                        "timezone=UTC",
                        "-c",
                        "log_timezone=UTC",
                        "-c",
                        "max_wal_size=2GB"));
    }

    private Process start(Path log, List<String> command) throws IOException {
        List<String> full = new ArrayList<>(asOrdinaryUser());
        full.add(home.resolve(command.get(0)).toString());
        full.addAll(command.subList(1, command.size()));
        return new ProcessBuilder(full)
                .directory(new File(System.getProperty("java.io.tmpdir")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** A terminal's Ctrl-C goes to the whole process group: PostgreSQL gets a session of its own and is stopped last. */
    private List<String> asOrdinaryUser() throws IOException {
        if ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != ROOT) {
            return List.of("setsid");
        }
        if (await(new ProcessBuilder("unshare", "-U", "true")
                        .redirectErrorStream(true)
                        .start())
                == 0) {
            return List.of("setsid", "unshare", "-U");
        }
        int owner = (Integer) Files.getAttribute(directory, "unix:uid");
        if (owner == ROOT) {
            String group = Files.readAttributes(directory, PosixFileAttributes.class)
                    .group()
                    .getName();
            throw new DatabaseUnavailable("PostgreSQL refuses to run as root and user namespaces are forbidden here: "
                    + "give " + directory + " (now root:" + group + ") to an ordinary user");
        }
        return List.of("setsid", "setpriv", "--reuid=" + owner, "--regid=" + owner, "--clear-groups", "--");
    }

    private static int await(Process process) throws IOException {
        try {
            if (process.waitFor(2, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new IOException("no end within two minutes: " + process.info());
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
