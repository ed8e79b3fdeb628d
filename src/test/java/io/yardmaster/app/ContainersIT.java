package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.Program;
import io.yardmaster.database.PostgresExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

/** The same WAR, unchanged, in containers that know nothing of it. */
final class ContainersIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    /** What is started for seconds only is not worth the second one's time. */
    private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

    @TempDir
    Path base;

    @ParameterizedTest
    @ValueSource(strings = {"10.1.", "11."})
    void tomcat_serves_it_and_undeploys_it_without_a_leak(String version) throws IOException {
        int port = Program.freePort();
        String log = servesAndUndeploys(environment(), tomcat(version, port), port);
        assertThat(log).doesNotContain("SEVERE", "memory leak", "failed to unregister");
    }

    /** With a pool and a driver that are the container's own. */
    @Test
    void tomcat_gives_it_the_data_source_of_jndi() throws IOException {
        int port = Program.freePort();
        List<String> command = tomcat("10.1.", port);
        Path driver = Path.of(
                Driver.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        Files.copy(driver, Files.createDirectory(base.resolve("lib")).resolve("postgresql.jar"));
        Path context = base.resolve("conf/context.xml");
        Files.writeString(context, Files.readString(context).replace("</Context>", """
                <Resource name="jdbc/yardmaster" type="javax.sql.DataSource" maxTotal="20"
                    driverClassName="org.postgresql.Driver" url="%s" username="%s" password="%s"/>
                </Context>""".formatted(
                        url(), POSTGRES.settings().user(), POSTGRES.settings().password())));
        String log = servesAndUndeploys(withoutDatabase(), command, port);
        assertThat(log).doesNotContain("SEVERE", "memory leak", "failed to unregister");
    }

    @Test
    void jetty_serves_it_and_undeploys_it_without_a_warning() throws IOException {
        Path home = unpacked("jetty-home-");
        int port = Program.freePort();
        Files.createDirectory(base.resolve("webapps"));
        Files.createDirectory(base.resolve("environments"));
        Files.createDirectory(base.resolve("start.d"));
        Files.writeString(
                base.resolve("start.d/modules.ini"), "--modules=http,ee10-deploy,ee10-annotations,ee10-webapp\n");
        List<String> command = List.of(
                Program.java(),
                ONE_COMPILER,
                "-jar",
                home.resolve("start.jar").toString(),
                "jetty.base=" + base,
                "jetty.http.port=" + port,
                // Jetty looks at its directory once unless told how often
                "jetty.deploy.scanInterval=1");
        String log = servesAndUndeploys(environment(), command, port);
        assertThat(log).contains("Stopped ").doesNotContain("WARN", "ERROR");
    }

    /** A directory of its own for that version, and the command that starts it on {@code port}. */
    private List<String> tomcat(String version, int port) throws IOException {
        Path home = unpacked("apache-tomcat-" + version);
        copy(home.resolve("conf"), base.resolve("conf"));
        Path configuration = base.resolve("conf/server.xml");
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replace("port=\"8005\"", "port=\"-1\"")
                        .replace("port=\"8080\"", "port=\"" + port + "\"")
                        // Tomcat looks at its directory every ten seconds unless told how often
                        .replace("<Engine ", "<Engine backgroundProcessorDelay=\"1\" "));
        for (String name : List.of("webapps", "logs", "temp", "work")) {
            Files.createDirectory(base.resolve(name));
        }
        return List.of(
                "env",
                "CATALINA_BASE=" + base,
                "CATALINA_OPTS=" + ONE_COMPILER,
                "sh",
                home.resolve("bin/catalina.sh").toString(),
                "run");
    }

    /** Deployed under a name of its own, so that nothing relies on being the root. */
    private String servesAndUndeploys(Map<String, String> environment, List<String> command, int port)
            throws IOException {
        Path deployed = base.resolve("webapps/yardmaster.war");
        Files.copy(Program.warFile(), deployed);
        try (Program container = Program.run(base, environment, command)) {
            String url = "http://127.0.0.1:" + port + "/yardmaster/health/";
            container.awaitStatus(url + "live", 200).awaitStatus(url + "ready", 200);
            assertThat(statusOfFormInPieces(port)).isEqualTo("HTTP/1.1 403");
            assertThat(threads(container)).contains("yardmaster");
            assertThat(connections()).isPositive();
            Files.delete(deployed);
            container.awaitStatus(url + "live", 404);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(threads(container)).doesNotContain("yardmaster");
                assertThat(connections()).isZero();
            });
            container.signal("TERM");
            container.awaitExit();
            return container.output();
        }
    }

    /** Of a form that no page of ours sent, whose body comes a while after its head: taken in without a thread. */
    private static String statusOfFormInPieces(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String begun = """
                    POST /yardmaster/sign-in HTTP/1.1\r
                    Host: here\r
                    Origin: http://elsewhere\r
                    Content-Type: application/x-www-form-urlencoded\r
                    Content-Length: 8\r
                    \r
                    name""";
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.UTF_8));
            await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            socket.getOutputStream().write("=ada".getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readNBytes("HTTP/1.1 403".length()), StandardCharsets.UTF_8);
        }
    }

    /** How many connections the container has. */
    private static int connections() {
        return POSTGRES.database()
                .inTransaction(transaction -> transaction
                        .sql()
                        .createQuery("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'container'")
                        .mapTo(Integer.class)
                        .one());
    }

    private static String url() {
        return POSTGRES.settings().url() + "?ApplicationName=container";
    }

    private static Map<String, String> withoutDatabase() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"));
    }

    private static Map<String, String> environment() {
        return Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "YARDMASTER_DATABASE_URL", url(),
                "YARDMASTER_DATABASE_USER", POSTGRES.settings().user(),
                "YARDMASTER_DATABASE_PASSWORD", POSTGRES.settings().password());
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
