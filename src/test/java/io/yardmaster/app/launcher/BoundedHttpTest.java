package io.yardmaster.app.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sockets against a web server that serves nothing: being told so is being served. */
// S19
final class BoundedHttpTest {
    private static final int MOST = 3;

    @TempDir
    Path directory;

    private final Tomcat tomcat = new Tomcat();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void stop() throws LifecycleException, IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void a_head_that_never_ends_ends_its_connection_and_no_other() throws IOException {
        start(false);
        Socket slow = connect();
        Socket idle = connect();
        assertThat(isServed(idle)).isTrue();
        say(slow, "GET / HTTP/1.1\r\nX: ");
        long begun = System.nanoTime();
        await().pollInterval(Duration.ofMillis(50)).until(() -> isTurnedAway(slow));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(400));
        assertThat(isServed(idle)).isTrue();
    }

    @Test
    void an_address_gets_so_many_connections_and_another_when_one_ends() throws IOException {
        start(false);
        for (int i = 0; i < MOST; i++) {
            assertThat(isServed(connect())).isTrue();
        }
        assertThat(isServed(connect())).isFalse();
        sockets.get(0).close();
        await().until(() -> isServed(connect()));
    }

    @Test
    void a_proxy_gets_as_many_as_it_needs() throws IOException {
        start(true);
        for (int i = 0; i <= MOST; i++) {
            assertThat(isServed(connect())).isTrue();
        }
    }

    @Test
    void of_version_six_all_of_a_network_count_as_one() throws IOException {
        assertThat(network("2001:db8::1:2:3:4")).isEqualTo(network("2001:db8::ffff:0:0:1"));
        assertThat(network("2001:db8::1:2:3:4")).isNotEqualTo(network("2001:db8:0:1:1:2:3:4"));
        assertThat(network("2001:db8:1::")).isNotEqualTo(network("2001:db8:11::"));
        assertThat(network("::ffff:10.0.0.1")).isNotEqualTo(network("10.0.0.2"));
        assertThat(BoundedHttp.network(null)).isNull();
    }

    /** As connections have it. */
    private static String network(String address) throws IOException {
        return BoundedHttp.network(InetAddress.getByName(address).getHostAddress());
    }

    private void start(boolean passesOthersOn) {
        tomcat.setBaseDir(directory.toString());
        Connector connector = new Connector(new BoundedHttp(Duration.ofMillis(500), MOST, any -> passesOthersOn));
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        tomcat.addContext("", null);
        try {
            tomcat.start();
        } catch (LifecycleException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort());
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        return socket;
    }

    private static boolean isServed(Socket socket) throws IOException {
        try {
            say(socket, "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
            byte[] answer = new byte[4096];
            int length = socket.getInputStream().read(answer);
            return length > 0 && new String(answer, 0, length, US_ASCII).startsWith("HTTP/1.1 404");
        } catch (SocketException reset) {
            return false;
        }
    }

    /** Says one letter more of its head. */
    private static boolean isTurnedAway(Socket socket) throws IOException {
        try {
            say(socket, "x");
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }
}
