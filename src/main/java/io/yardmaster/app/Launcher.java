package io.yardmaster.app;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the executable WAR brings for a start without a container: the embedded Tomcat and PostgreSQL's archives. */
final class Launcher {
    private static final String TOMCAT = "io.yardmaster.app.launcher.EmbeddedTomcat";

    private final Path unpacked;
    private final URLClassLoader loader;

    private Launcher(Path unpacked, URLClassLoader loader) {
        this.unpacked = unpacked;
        this.loader = loader;
    }

    /** @throws Refused if this process was not started from the WAR */
    static Launcher ofProcess() {
        String directory = System.getProperty("yardmaster.launcher.directory");
        if (directory == null) {
            throw new Refused("this command is part of the WAR: start it with java -jar yardmaster.war");
        }
        Path unpacked = Path.of(directory);
        try {
            URL[] path = classPath(unpacked.resolve("WEB-INF").resolve("launcher"));
            return new Launcher(unpacked, new URLClassLoader("launcher", path, ClassLoader.getPlatformClassLoader()));
        } catch (IOException failure) {
            throw new Refused("the unpacked WAR in " + unpacked + " is broken: remove it and start again", failure);
        }
    }

    /** The WAR itself, for a further process. */
    static Path war() {
        return Path.of(System.getProperty("yardmaster.launcher.war"));
    }

    Path unpacked() {
        return unpacked;
    }

    ClassLoader loader() {
        return loader;
    }

    /** Starts the embedded Tomcat with these options; what comes back stops it. */
    AutoCloseable tomcat(Map<String, Object> options) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            @SuppressWarnings("unchecked")
            Function<Map<String, Object>, AutoCloseable> tomcat = (Function<Map<String, Object>, AutoCloseable>)
                    loader.loadClass(TOMCAT).getConstructor().newInstance();
            return tomcat.apply(options);
        } catch (ReflectiveOperationException broken) {
            throw new Refused("the WAR is broken: " + broken, broken);
        } catch (IllegalStateException refused) {
            throw new Refused(refused.getMessage(), refused);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] classPath(Path base) throws IOException {
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
}
