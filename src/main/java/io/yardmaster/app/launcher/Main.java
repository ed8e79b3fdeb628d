package io.yardmaster.app.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** {@code java -jar yardmaster.war …}: unpacks the WAR once, then runs the commands from its own classes. */
public final class Main {
    private static final int CANNOT_START = 1;

    private Main() {}

    public static void main(String[] arguments) {
        try {
            Path war = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path unpacked = UnpackedWar.of(war);
            System.setProperty("yardmaster.launcher.war", war.toString());
            System.setProperty("yardmaster.launcher.directory", unpacked.toString());
            run(unpacked, arguments);
        } catch (IOException | UncheckedIOException failure) {
            System.err.println("yardmaster: the WAR cannot be unpacked: " + failure.getMessage()
                    + "; YARDMASTER_CACHE may name another directory");
            System.exit(CANNOT_START);
        } catch (URISyntaxException | ReflectiveOperationException broken) {
            System.err.println("yardmaster: this WAR is broken: " + broken);
            System.exit(CANNOT_START);
        }
    }

    private static void run(Path unpacked, String[] arguments) throws IOException, ReflectiveOperationException {
        URL[] path = UnpackedWar.classPath(unpacked.resolve("WEB-INF"));
        URLClassLoader loader = new URLClassLoader("yardmaster", path, ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Class.forName("io.yardmaster.app.Yardmaster", true, loader)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (thrown.getCause() instanceof Error failure) {
                throw failure;
            }
            throw thrown;
        }
    }
}
