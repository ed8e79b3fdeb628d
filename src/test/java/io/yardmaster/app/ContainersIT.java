package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same WAR, unchanged, in containers that know nothing of it. */
final class ContainersIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    @TempDir
    Path base;

    @ParameterizedTest
    @ValueSource(strings = {"10.1.", "11."})
    void tomcat_serves_it_and_undeploys_it_without_a_leak(String version) throws IOException {
        Path home = unpacked("apache-tomcat-" + version);
        copy(home.resolve("conf"), base.resolve("conf"));
        int port = Program.freePort();
        Path configuration = base.resolve("conf/server.xml");
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replace("port=\"8005\"", "port=\"-1\"")
                        .replace("port=\"8080\"", "port=\"" + port + "\""));
        for (String name : List.of("webapps", "logs", "temp", "work")) {
            Files.createDirectory(base.resolve(name));
        }
        Map<String, String> environment = environment();
        environment.put("CATALINA_BASE", base.toString());
        List<String> command = List.of("sh", home.resolve("bin/catalina.sh").toString(), "run");
        String log = servesAndUndeploys(environment, command, port);
        assertThat(log).doesNotContain("SEVERE", "memory leak", "failed to unregister");
    }

    /** Without hot undeployment, which Tomcat shows: here the WAR ends with its container. */
    @Test
    void jetty_serves_it_and_stops_it_without_a_warning() throws IOException {
        Path home = unpacked("jetty-home-");
        int port = Program.freePort();
        Files.createDirectory(base.resolve("webapps"));
        Files.createDirectory(base.resolve("environments"));
        Files.createDirectory(base.resolve("start.d"));
        Files.writeString(
                base.resolve("start.d/modules.ini"), "--modules=http,ee10-deploy,ee10-annotations,ee10-webapp\n");
        Files.copy(Program.warFile(), base.resolve("webapps/yardmaster.war"));
        List<String> command = List.of(
                Program.java(),
                "-jar",
                home.resolve("start.jar").toString(),
                "jetty.base=" + base,
                "jetty.http.port=" + port);
        try (Program jetty = Program.run(base, environment(), command)) {
            String url = "http://127.0.0.1:" + port + "/yardmaster/health/";
            jetty.awaitStatus(url + "live", 200).awaitStatus(url + "ready", 200);
            jetty.signal("TERM");
            assertThat(jetty.awaitExit()).as(jetty::output).isEqualTo(143);
            assertThat(jetty.output()).contains("Stopped ").doesNotContain("WARN", "ERROR");
        }
    }

    /** Deployed under a name of its own, so that nothing relies on being the root. */
    private String servesAndUndeploys(Map<String, String> environment, List<String> command, int port)
            throws IOException {
        Path deployed = base.resolve("webapps/yardmaster.war");
        Files.copy(Program.warFile(), deployed);
        try (Program container = Program.run(base, environment, command)) {
            String url = "http://127.0.0.1:" + port + "/yardmaster/health/";
            container.awaitStatus(url + "live", 200).awaitStatus(url + "ready", 200);
            assertThat(threads(container)).contains("yardmaster");
            Files.delete(deployed);
            container.awaitStatus(url + "live", 404);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(threads(container)).doesNotContain("yardmaster"));
            container.signal("TERM");
            container.awaitExit();
            return container.output();
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("YARDMASTER_DATABASE_URL", POSTGRES.settings().url());
        environment.put("YARDMASTER_DATABASE_USER", POSTGRES.settings().user());
        environment.put("YARDMASTER_DATABASE_PASSWORD", POSTGRES.settings().password());
        return environment;
    }

    /** The names of the container's threads. */
    private static String threads(Program container) throws IOException {
        ProcessHandle java = Stream.concat(
                        Stream.of(container.handle()), container.handle().descendants())
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow();
        Process dump = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(java.pid()),
                        "Thread.print")
                .redirectErrorStream(true)
                .start();
        String all = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return String.join(
                "\n", all.lines().filter(line -> line.startsWith("\"")).toList());
    }

    private static Path unpacked(String prefix) throws IOException {
        try (Stream<Path> found = Files.list(Path.of(System.getProperty("yardmaster.containers")))) {
            return found.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
