package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.AuditReader;
import io.yardmaster.audit.AuditReader.Search;
import io.yardmaster.audit.RecordedEntry;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Passwords;
import io.yardmaster.security.Role;
import io.yardmaster.web.account.AccountWeb;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the headers of a proxy change, and that nobody else's change anything. */
final class ProxyIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HSTS = "Strict-Transport-Security";

    private static Database database;
    /** We are its proxy: 127.0.0.1. */
    private static WebServer behind;
    /** Its proxies are others. */
    private static WebServer open;

    @BeforeAll
    static void start() {
        database = POSTGRES.database();
        List<Object> resources = List.copyOf(AccountWeb.resources(database, new Passwords()));
        behind = WebServer.behind(Set.of("127.0.0.1", "10.0.0.2"), database, resources);
        open = WebServer.behind(Set.of("10.0.0.2"), database, resources);
        behind.signedIn("ada", "*", Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        behind.close();
        open.close();
    }

    // S8, S16
    @ParameterizedTest
    @CsvSource({
        "198.51.100.1, 198.51.100.1",
        "'6.6.6.6, 198.51.100.2', 198.51.100.2",
        "'6.6.6.6, 198.51.100.3, 10.0.0.2', 198.51.100.3",
        "198.51.100.4:5678, 198.51.100.4",
        "'<script>, 198.51.100.5', 198.51.100.5",
        "'6.6.6.6, unknown', 127.0.0.1",
        "'6.6.6.6, unknown, 10.0.0.2', 10.0.0.2",
    })
    void a_proxy_tells_the_client_s_address(String header, String address) {
        signIn(behind, "not her password", FOR, header);
        assertThat(lastEntry().actor().address()).isEqualTo(address);
    }

    /** As HAProxy does: the client's own line stays and comes first. */
    @Test
    void a_proxy_may_add_a_line_of_its_own() {
        signIn(behind, "not her password", FOR, "6.6.6.6", FOR, "198.51.100.6");
        assertThat(lastEntry().actor().address()).isEqualTo("198.51.100.6");
        HttpResponse<String> plain = signIn(behind, WebServer.PASSWORD, PROTO, "https", PROTO, "http");
        assertThat(plain.headers().firstValue(HSTS)).isEmpty();
    }

    // S8
    @Test
    void guesses_are_counted_by_the_address_that_a_proxy_tells() {
        for (int i = 0; i < 5; i++) {
            assertThat(guess(behind, "seen-through", "203.0.113.1")).isEqualTo(401);
        }
        assertThat(guess(behind, "seen-through", "203.0.113.1")).isEqualTo(429);
        assertThat(guess(behind, "seen-through", "203.0.113.2")).isEqualTo(401);
    }

    // S8
    @Test
    void guesses_from_all_addresses_of_a_network_count_as_one_s() {
        for (int i = 0; i < 5; i++) {
            assertThat(guess(behind, "of-many-faces", "2001:db8::" + i)).isEqualTo(401);
        }
        assertThat(guess(behind, "of-many-faces", "2001:db8::ffff:1")).isEqualTo(429);
        assertThat(guess(behind, "of-many-faces", "2001:db8:0:1::1")).isEqualTo(401);
    }

    // S8
    @Test
    void guesses_of_one_who_only_claims_to_be_a_proxy_count_as_his_own() {
        for (int i = 0; i < 5; i++) {
            assertThat(guess(open, "not-fooled", "203.0.113." + i)).isEqualTo(401);
        }
        assertThat(guess(open, "not-fooled", "203.0.113.99")).isEqualTo(429);
        assertThat(lastEntry().actor().address()).isEqualTo("127.0.0.1");
    }

    // S6, S9
    @Test
    void behind_tls_the_cookie_is_bound_to_host_and_tls() {
        HttpResponse<String> answer = signIn(behind, WebServer.PASSWORD, PROTO, "https");
        assertThat(answer.headers().firstValue(HSTS)).hasValue("max-age=31536000");
        String cookie = sessionCookie(answer);
        assertThat(cookie)
                .startsWith("__Host-yardmaster=")
                .contains("Secure", "HttpOnly", "SameSite=Lax")
                .containsPattern("Path=/(;|$)")
                .doesNotContain("Domain");
        String secret = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
        assertThat(profile("__Host-yardmaster=" + secret, "https")).isEqualTo(200);
        assertThat(profile("yardmaster=" + secret, "https")).isEqualTo(303);
        assertThat(profile("__Host-yardmaster=" + secret, "http")).isEqualTo(303);
    }

    // S6, S9
    @Test
    void without_tls_the_cookie_has_its_plain_name() {
        for (HttpResponse<String> answer : List.of(
                signIn(behind, WebServer.PASSWORD, PROTO, "http"),
                signIn(behind, WebServer.PASSWORD),
                signIn(open, WebServer.PASSWORD, PROTO, "https"))) {
            assertThat(answer.headers().firstValue(HSTS)).isEmpty();
            assertThat(sessionCookie(answer)).startsWith("yardmaster=").doesNotContain("Secure");
        }
    }

    private static String sessionCookie(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.contains("yardmaster="))
                .findFirst()
                .orElseThrow();
    }

    private static int profile(String cookie, String protocol) {
        Browser browser = behind.browser();
        return browser.send(browser.request("/profile")
                        .headers("Cookie", cookie, PROTO, protocol)
                        .build())
                .statusCode();
    }

    private static int guess(WebServer server, String name, String from) {
        return send(server, "name=" + name + "&password=wrong", FOR, from).statusCode();
    }

    private static HttpResponse<String> signIn(WebServer server, String password, String... headers) {
        return send(server, "name=ada&password=" + password.replace(' ', '+'), headers);
    }

    private static HttpResponse<String> send(WebServer server, String form, String... headers) {
        Browser browser = server.browser();
        HttpRequest.Builder request = browser.request("/sign-in")
                .headers("Content-Type", "application/x-www-form-urlencoded", "Origin", browser.origin());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return browser.send(request.POST(BodyPublishers.ofString(form)).build());
    }

    private static RecordedEntry lastEntry() {
        Search any = new Search(null, null, null, null, 0);
        return database.inTransaction(transaction -> AuditReader.find(transaction, any, 1))
                .get(0);
    }
}
