package io.yardmaster.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S4: a worker talks to the server whose certificate it was told, and to no other. */
final class CertificatePinIT {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String OTHER = "0".repeat(64);

    @TempDir
    static Path directory;

    private static HttpsServer server;
    private static String fingerprint;
    private static final AtomicInteger asked = new AtomicInteger();

    /** Its certificate is signed by itself, for a name that is not its address. */
    @BeforeAll
    static void start() throws Exception {
        KeyStore keys = selfSigned("CN=elsewhere.example.org");
        fingerprint = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(keys.getCertificate("server").getEncoded()));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/agent/v1/join", exchange -> {
            asked.incrementAndGet();
            byte[] answer = "{\"node\":\"7\",\"credential\":\"secret\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @BeforeEach
    void forget() {
        asked.set(0);
    }

    @Test
    void the_certificate_of_the_join_code_is_trusted_whoever_signed_it_and_whatever_its_name() throws AgentFailure {
        assertThat(join(fingerprint).credential()).isEqualTo("secret");
        String asPeopleWriteIt = fingerprint.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
        assertThat(join(JoinCode.parse("code#" + asPeopleWriteIt).pin()).node()).isEqualTo("7");
    }

    @Test
    void another_certificate_is_refused_before_anything_is_said() {
        AgentFailure failure = catchThrowableOfType(AgentFailure.class, () -> join(OTHER));
        assertThat(failure.kind()).isEqualTo(AgentFailure.Kind.UNREACHABLE);
        assertThat(failure)
                .hasMessage(address() + " did not answer: the server's certificate has SHA-256 " + fingerprint
                        + ", not " + OTHER
                        + " as the join code said: if it was renewed, start the worker with a new join code");
        assertThat(asked).hasValue(0);
    }

    @Test
    void without_a_pin_a_self_signed_certificate_is_refused() {
        assertThatThrownBy(() -> join(null)).isInstanceOf(AgentFailure.class).hasMessageContaining("TLS: ");
        assertThat(asked).hasValue(0);
    }

    @Test
    void what_is_no_fingerprint_is_refused_when_the_code_is_read() {
        assertThatThrownBy(() -> JoinCode.parse("code#abc"))
                .hasMessage("certificate pin \"abc\" is not a SHA-256: it must be 64 hexadecimal digits, as printed"
                        + " with the join code");
    }

    private static JoinAnswer join(String pin) throws AgentFailure {
        return AgentClient.stranger(List.of(address()), pin).join(new JoinRequest("code", "north", 1, "host"));
    }

    private static URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    private static KeyStore selfSigned(String name) throws Exception {
        Path file = directory.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no certificate");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            keys.load(content, PASSWORD);
        }
        return keys;
    }
}
