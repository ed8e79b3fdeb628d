package io.yardmaster.app.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The WAR's content as files, in a cache directory that only its owner can read, named by the content. */
final class UnpackedWar {
    private UnpackedWar() {}

    /** Unpacks {@code war} unless that is done already; a directory is taken as one that somebody unpacked. */
    static Path of(Path war) throws IOException {
        if (Files.isDirectory(war)) {
            return war;
        }
        return new WarCache(cache()).unpacked(war, hash(war));
    }

    /** What stands in {@code classes} and {@code lib} of {@code base}. */
    static URL[] classPath(Path base) throws IOException {
        List<URL> path = new ArrayList<>();
        path.add(url(base.resolve("classes")));
        try (Stream<Path> found = Files.list(base.resolve("lib"))) {
            for (Path jar : found.sorted().toList()) {
                path.add(url(jar));
            }
        }
        return path.toArray(URL[]::new);
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    private static Path cache() {
        String named = System.getProperty("yardmaster.cache", System.getenv("YARDMASTER_CACHE"));
        if (named != null && !named.isBlank()) {
            return Path.of(named).toAbsolutePath();
        }
        String common = System.getenv("XDG_CACHE_HOME");
        Path base = common == null || common.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(common).toAbsolutePath();
        return base.resolve("yardmaster");
    }

    private static String hash(Path war) throws IOException {
        try (InputStream content = Files.newInputStream(war)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = content.read(buffer); read > 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IOException(impossible);
        }
    }

    static void unpack(Path war, Path target) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(new BufferedInputStream(Files.newInputStream(war), 1 << 16))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("entry outside of the WAR: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(entries, file);
                }
            }
        }
    }
}
