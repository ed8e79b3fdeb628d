package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Passwords;
import io.yardmaster.web.account.AccountWeb;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whom a server that listens on a network answers without TLS. Our own address on that network plays the others. */
final class PlainHttpIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final String ELSEWHERE = "203.0.113.7";

    private String here;
    private WebServer server;

    @BeforeEach
    void find() throws SocketException {
        Optional<String> address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .filter(found -> !found.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
        assumeTrue(address.isPresent(), "this machine has no address but loopback");
        here = address.get();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    // S9
    @Test
    void a_stranger_is_told_to_use_tls_and_gets_nothing() {
        start(ELSEWHERE);
        HttpResponse<String> page = get(here, "Accept", "text/html", "Accept-Language", "zh-CN");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("server.proxies", here, "明文").doesNotContain("<");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        HttpResponse<String> api = get(here, "Accept", "application/json");
        assertThat(api.statusCode()).isEqualTo(403);
        assertThat(api.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(api.body()).contains("\"status\":403", "use https", here);
    }

    // S8, S9
    @Test
    void a_stranger_who_claims_that_there_was_tls_is_not_believed() {
        start(ELSEWHERE);
        assertThat(get(here, "X-Forwarded-Proto", "https", "X-Forwarded-For", "127.0.0.1")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_declared_proxy_is_served_by_its_address_and_by_its_range() {
        start(here);
        assertThat(get(here).statusCode()).isEqualTo(200);
        server.close();
        start(here + "/24");
        assertThat(get(here).statusCode()).isEqualTo(200);
    }

    @Test
    void this_machine_is_served() {
        start(ELSEWHERE);
        assertThat(get("127.0.0.1").statusCode()).isEqualTo(200);
    }

    private void start(String proxy) {
        Database database = POSTGRES.database();
        List<Object> resources = List.copyOf(AccountWeb.resources(database, new Passwords()));
        server = WebServer.everywhere(Set.of(proxy), database, resources);
    }

    private HttpResponse<String> get(String host, String... headers) {
        return new Browser(URI.create("http://" + host + ":" + server.port())).get("/sign-in", headers);
    }
}
