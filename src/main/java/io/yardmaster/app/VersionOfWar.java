package io.yardmaster.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the WAR's manifest. */
final class VersionOfWar implements IVersionProvider {
    static final String UNPACKAGED = "unpackaged";

    @Override
    public String[] getVersion() {
        return new String[] {"Yardmaster " + current()};
    }

    /** Of the program that was started from the WAR. */
    static String current() {
        String unpacked = System.getProperty("yardmaster.launcher.directory");
        if (unpacked == null) {
            return UNPACKAGED;
        }
        try (InputStream manifest =
                Files.newInputStream(Path.of(unpacked).resolve("META-INF").resolve("MANIFEST.MF"))) {
            return version(manifest);
        } catch (IOException unreadable) {
            return UNPACKAGED;
        }
    }

    /** Which the manifest of a deployed web application tells; null if it has none. Closed afterwards. */
    static String told(InputStream manifest) {
        if (manifest == null) {
            return UNPACKAGED;
        }
        try (manifest) {
            return version(manifest);
        } catch (IOException unreadable) {
            return UNPACKAGED;
        }
    }

    private static String version(InputStream manifest) throws IOException {
        String version = new Manifest(manifest).getMainAttributes().getValue("Implementation-Version");
        return version == null ? UNPACKAGED : version;
    }
}
