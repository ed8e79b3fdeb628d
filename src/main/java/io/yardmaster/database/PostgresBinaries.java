package io.yardmaster.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked from the resource that the build's dependencies bring for this processor. */
public final class PostgresBinaries {
    private static final AtomicReference<Function<String, InputStream>> SOURCE =
            new AtomicReference<>(PostgresBinaries.class.getClassLoader()::getResourceAsStream);

    private static final String PREFIX = "pgsql-";

    private PostgresBinaries() {}

    /** Says where the archives are found when they are not on this class's own path, as in the executable WAR. */
    public static void foundIn(Function<String, InputStream> source) {
        SOURCE.set(source);
    }

    /** Below {@code directory}, in a place named for the archive's content: a newer program brings newer ones. */
    static Path extractTo(Path directory) throws IOException {
        Path home = directory.resolve(PREFIX + contentName());
        Path done = home.resolve(".extracted");
        if (!Files.exists(done)) {
            try (InputStream archive = open()) {
                extract(archive, home);
            }
            Files.createFile(done);
        }
        return home;
    }

    /** Removes what earlier programs brought, beside {@code home}. No PostgreSQL may run on the directory. */
    static void removeOthers(Path home) throws IOException {
        try (Stream<Path> found = Files.list(home.getParent())) {
            for (Path path : found.toList()) {
                if (path.getFileName().toString().startsWith(PREFIX) && !path.equals(home)) {
                    Trees.delete(path);
                }
            }
        }
    }

    private static String contentName() throws IOException {
        try (InputStream archive = open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = archive.read(buffer); read >= 0; read = archive.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static InputStream open() {
        String name =
                "postgres-linux-" + (System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64") + ".txz";
        return Optional.ofNullable(SOURCE.get().apply(name))
                .orElseThrow(() -> new DatabaseUnavailable("no embedded PostgreSQL for this machine (" + name
                        + " is missing): set database.url to a PostgreSQL of your own"));
    }

    private static void extract(InputStream archive, Path home) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = home.resolve(entry.getName()).normalize();
                if (!target.startsWith(home)) {
                    throw new IOException("archive entry outside its directory: " + entry.getName());
                }
                write(tar, entry, target);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        Files.deleteIfExists(target);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & 0111) != 0 && !target.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make executable: " + target);
        }
    }
}
