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

    static String current() {
        String unpacked = System.getProperty("yardmaster.launcher.directory");
        if (unpacked == null) {
            return UNPACKAGED;
        }
        try (InputStream manifest =
                Files.newInputStream(Path.of(unpacked).resolve("META-INF").resolve("MANIFEST.MF"))) {
            return new Manifest(manifest).getMainAttributes().getValue("Implementation-Version");
        } catch (IOException unreadable) {
            return UNPACKAGED;
        }
    }
}
