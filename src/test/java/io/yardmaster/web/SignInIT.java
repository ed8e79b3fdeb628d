package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.AuditChain;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.Passwords;
import io.yardmaster.security.Role;
import io.yardmaster.security.SetUp;
import io.yardmaster.web.account.AccountWeb;
import io.yardmaster.web.audit.AuditPages;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SignInIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final Passwords PASSWORDS = new Passwords();

    private static WebServer server;
    private static Database database;
    private static List<Object> resources;

    @BeforeAll
    static void start() {
        database = POSTGRES.database();
        resources = new ArrayList<>(AccountWeb.resources(database, PASSWORDS));
        resources.add(new AuditPages(database));
        server = WebServer.start(database, resources);
        theFirstAccountIsMadeByTheCodeAndOnlyOnce();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // S1; before all others, since it needs a database without accounts
    private static void theFirstAccountIsMadeByTheCodeAndOnlyOnce() {
        String code = database.inTransaction(SetUp::offer).orElseThrow();
        Browser browser = server.browser();
        assertThat(browser.get("/sign-in").body()).contains("There is no account yet");
        assertThat(browser.get("/set-up?code=guessed").body()).contains("This code is wrong");
        browser.get("/set-up?code=" + code);
        HttpResponse<String> weak =
                browser.submit("/set-up", "code", code, "name", "root", "password", "passwordpassword");
        assertThat(weak.statusCode()).isEqualTo(422);
        assertThat(weak.body()).contains("among the first that an attacker tries");
        HttpResponse<String> made =
                browser.submit("/set-up", "code", code, "name", "root", "password", WebServer.PASSWORD);
        assertThat(made.body()).contains("The account root was made");
        assertThat(browser.post("/set-up", "code", code, "name", "thief", "password", WebServer.PASSWORD)
                        .statusCode())
                .isEqualTo(409);
        assertThat(database.inTransaction(SetUp::offer)).isEmpty();
    }

    // S6
    @Test
    void signing_in_makes_a_session_and_signing_out_ends_it() {
        Browser browser = server.browser();
        assertThat(browser.get("/profile").headers().firstValue("Location")).hasValue("/sign-in?next=%2Fprofile");
        browser.get("/sign-in");
        HttpResponse<String> answer =
                browser.post("/sign-in", "name", "root", "password", WebServer.PASSWORD, "next", "/profile");
        assertThat(answer.headers().firstValue("Location")).hasValue("/profile");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("yardmaster=")
                        && cookie.contains("HttpOnly")
                        && cookie.contains("SameSite=Lax"));
        assertThat(browser.get("/profile").statusCode()).isEqualTo(200);
        var cookies = List.copyOf(browser.cookies().getCookieStore().getCookies());
        browser.submit("/sign-out");
        cookies.forEach(cookie -> browser.cookies().getCookieStore().add(server.uri(), cookie));
        assertThat(browser.get("/profile").statusCode()).isEqualTo(303);
    }

    @Test
    void who_signs_in_comes_back_to_where_he_was_with_what_he_asked_for() {
        Browser browser = server.browser();
        String asked = "/profile?name=%E5%A4%9C%20%26%3D&page=2";
        String signIn = browser.get(asked).headers().firstValue("Location").orElseThrow();
        assertThat(signIn)
                .isEqualTo(
                        "/sign-in?next=" + java.net.URLEncoder.encode(asked, java.nio.charset.StandardCharsets.UTF_8));
        assertThat(browser.get(signIn).body()).contains(asked.replace("&", "&amp;"));
        browser.get("/sign-in");
        HttpResponse<String> answer =
                browser.post("/sign-in", "name", "root", "password", WebServer.PASSWORD, "next", asked);
        assertThat(answer.headers().firstValue("Location")).hasValue(asked);
    }

    @Test
    void nobody_is_led_to_another_site() {
        for (String next : List.of("//evil.example", "https://evil.example", "/\\evil.example", "javascript:x")) {
            HttpResponse<String> answer =
                    server.browser().post("/sign-in", "name", "root", "password", WebServer.PASSWORD, "next", next);
            assertThat(answer.headers().firstValue("Location")).as(next).hasValue("/");
        }
    }

    // S8
    @Test
    void guesses_are_slowed_and_unknown_names_look_like_known_ones() {
        add("guessed");
        for (String name : List.of("guessed", "nobody-of-that-name")) {
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> wrong = server.browser().post("/sign-in", "name", name, "password", "wrong " + i);
                assertThat(wrong.statusCode()).isEqualTo(401);
                assertThat(wrong.body()).contains("Name or password is wrong");
            }
            HttpResponse<String> early =
                    server.browser().post("/sign-in", "name", name, "password", WebServer.PASSWORD);
            assertThat(early.statusCode()).isEqualTo(429);
            assertThat(early.body()).contains("Too many failed sign-ins");
        }
    }

    // S8
    @Test
    void others_guesses_do_not_lock_out_a_browser_that_was_there_before() {
        add("owner");
        Browser owner = server.browser();
        owner.post("/sign-in", "name", "owner", "password", WebServer.PASSWORD);
        for (int i = 0; i < 8; i++) {
            server.browser().post("/sign-in", "name", "owner", "password", "wrong " + i);
        }
        assertThat(server.browser()
                        .post("/sign-in", "name", "owner", "password", WebServer.PASSWORD)
                        .statusCode())
                .isEqualTo(429);
        owner.get("/sign-in");
        assertThat(owner.post("/sign-in", "name", "owner", "password", WebServer.PASSWORD)
                        .statusCode())
                .isEqualTo(303);
    }

    // S6
    @Test
    void a_session_ends_at_once_with_disabling_and_with_other_roles() {
        Accounts accounts = new Accounts(PASSWORDS);
        Browser browser = server.signedIn("leaver", "shop", Role.EDITOR);
        assertThat(browser.get("/profile").statusCode()).isEqualTo(200);
        database.useTransaction(transaction -> accounts.setDisabled(transaction, "leaver", true, Actor.system("test")));
        assertThat(browser.get("/profile").statusCode()).isEqualTo(303);
        assertThat(server.browser()
                        .post("/sign-in", "name", "leaver", "password", WebServer.PASSWORD)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void one_changes_ones_own_password_and_keeps_this_browser_only() {
        Browser here = server.signedIn("changer", "shop", Role.VIEWER);
        Browser there = server.signedIn("changer", "shop", Role.VIEWER);
        String fresh = "seven blue signals blink";
        assertThat(here.post("/profile/password", "current", "not it at all", "password", fresh)
                        .body())
                .contains("this is not your current password");
        HttpResponse<String> changed =
                here.submit("/profile/password", "current", WebServer.PASSWORD, "password", fresh);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(there.get("/profile").statusCode()).isEqualTo(303);
    }

    @Test
    void a_token_is_shown_once() {
        Browser browser = server.signedIn("maker", "shop", Role.VIEWER);
        HttpResponse<String> made = browser.submit("/profile/tokens", "name", "pipeline", "days", "30");
        assertThat(made.body()).containsPattern("ymt_[A-Za-z0-9_-]{43}");
        assertThat(browser.get("/profile/tokens").body()).contains("pipeline").doesNotContain("ymt_");
        assertThat(browser.post("/profile/tokens", "name", "x", "days", "soon").statusCode())
                .isEqualTo(422);
    }

    @Test
    void the_last_administrator_stays() {
        String only = "root";
        HttpResponse<String> answer = server.signedIn(only, "*", Role.ADMIN).post("/accounts/" + only + "/disable");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("the last account that may administer everything");
    }

    // S16
    @Test
    void the_audit_shows_what_happened_and_that_it_is_whole() {
        Browser root = server.signedIn("root", "*", Role.ADMIN);
        assertThat(root.get("/audit?kind=account&subject=root").body()).contains("account.create");
        assertThat(root.submit("/audit/verify").body()).contains("The audit is as it was written");
        assertThat(database.inTransaction(new AuditChain()::firstBroken)).isEmpty();
    }

    // S2
    @Test
    void every_route_has_a_rule_and_few_are_open() {
        List<Routes.Route> routes = Routes.of(resources);
        assertThat(routes).allMatch(Routes.Route::hasRule);
        assertThat(routes.stream().filter(Routes.Route::isOpen).map(Routes.Route::path))
                .containsOnly("/sign-in", "/set-up");
    }

    private static void add(String name) {
        server.signedIn(name, "shop", Role.VIEWER);
    }
}
