package io.yardmaster.web;

import static io.yardmaster.security.ObjectRule.ANYWHERE;
import static io.yardmaster.security.ObjectRule.EVERYWHERE;
import static io.yardmaster.security.ObjectRule.LOOKED_UP;
import static io.yardmaster.security.ObjectRule.NAMESPACE_IN_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.AuditReader;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.ApiTokens;
import io.yardmaster.security.Caller;
import io.yardmaster.security.NodeCaller;
import io.yardmaster.security.NodeOnly;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.security.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteGuardsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static WebServer server;
    private static Database database;

    @BeforeAll
    static void start() {
        database = POSTGRES.database();
        server = WebServer.start(
                database,
                "/yard",
                List.of(new Things()),
                credential -> credential.equals("node secret") ? OptionalLong.of(7) : OptionalLong.empty());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // S2, S3: who may see, change and administer a thing in the namespace shop
    @ParameterizedTest
    @CsvSource({
        "VIEWER, shop, 200, 403, 403, 200",
        "OPERATOR, shop, 200, 403, 403, 200",
        "EDITOR, shop, 200, 200, 403, 200",
        "ADMIN, shop, 200, 200, 403, 200",
        "ADMIN, other, 404, 404, 403, 404",
        "EDITOR, *, 200, 200, 403, 200",
        "ADMIN, *, 200, 200, 200, 200",
    })
    void a_route_asks_what_it_declares(
            String role, String namespace, int view, int edit, int administer, int lookedUp) {
        String name = role.toLowerCase(java.util.Locale.ROOT) + (namespace.equals("*") ? "" : "." + namespace);
        Browser browser = server.signedIn(name, namespace, Role.valueOf(role));
        assertThat(browser.get("/api/things/shop").statusCode()).isEqualTo(view);
        assertThat(browser.post("/api/things/shop").statusCode()).isEqualTo(edit);
        assertThat(browser.get("/api/things").statusCode()).isEqualTo(200);
        assertThat(browser.get("/api/things/all/administer").statusCode()).isEqualTo(administer);
        assertThat(browser.get("/api/things/by-id/shop").statusCode()).isEqualTo(lookedUp);
    }

    // S2
    @Test
    void nobody_gets_in_without_an_identity() {
        for (String path : List.of("/api/things", "/api/things/shop", "/api/things/by-id/shop", "/api/things/node")) {
            assertThat(server.browser().get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(server.browser().get(path, "Authorization", "Bearer ").statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(server.browser()
                            .get(path, "Authorization", "Bearer null")
                            .statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
    }

    // S2
    @Test
    void a_route_without_a_rule_is_shut_even_for_administrators() {
        Browser admin = server.signedIn("ada", "*", Role.ADMIN);
        assertThat(admin.get("/api/things/forgotten").statusCode()).isEqualTo(403);
        assertThat(admin.send(admin.request("/api/things")
                                .method("OPTIONS", BodyPublishers.noBody())
                                .build())
                        .statusCode())
                .isEqualTo(403);
    }

    // S3
    @Test
    void an_answer_that_nobody_asked_permission_for_is_withheld() {
        Browser admin = server.signedIn("ada", "*", Role.ADMIN);
        HttpResponse<String> answer = admin.get("/api/things/careless");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("the crown jewels");
    }

    // S4
    @Test
    void a_node_is_no_account_and_an_account_no_node() {
        Browser nobody = server.browser();
        assertThat(nobody.get("/api/things/node", "Authorization", "Bearer node secret")
                        .body())
                .isEqualTo("node 7");
        assertThat(nobody.get("/api/things", "Authorization", "Bearer node secret")
                        .statusCode())
                .isEqualTo(401);
        Browser admin = server.signedIn("ada", "*", Role.ADMIN);
        assertThat(admin.get("/api/things/node").statusCode()).isEqualTo(401);
    }

    @Test
    void an_api_token_works_until_it_is_revoked() {
        server.signedIn("tom", "shop", Role.VIEWER);
        String token = database.inTransaction(transaction -> ApiTokens.issue(
                transaction, Accounts.find(transaction, "tom").orElseThrow(), "pipeline", null, Actor.system("test")));
        String[] header = {"Authorization", "Bearer " + token};
        assertThat(server.browser().get("/api/things/shop", header).statusCode())
                .isEqualTo(200);
        database.useTransaction(transaction -> {
            var tom = Accounts.find(transaction, "tom").orElseThrow();
            long id = ApiTokens.of(transaction, tom.id()).get(0).id();
            ApiTokens.revoke(transaction, tom, id, Actor.system("test"));
        });
        assertThat(server.browser().get("/api/things/shop", header).statusCode())
                .isEqualTo(401);
    }

    // S5
    @Test
    void a_change_needs_the_token_and_an_origin_of_ours() {
        Browser editor = server.signedIn("eve", "shop", Role.EDITOR);
        String good = "csrf=" + editor.token();
        assertThat(change(editor, good, "Origin", editor.origin())).isEqualTo(200);
        assertThat(change(editor, good, "Sec-Fetch-Site", "same-origin")).isEqualTo(200);
        assertThat(change(editor, good, "Origin", "https://evil.example")).isEqualTo(403);
        assertThat(change(editor, good, "Origin", "null")).isEqualTo(403);
        assertThat(change(editor, good, "Sec-Fetch-Site", "same-site")).isEqualTo(403);
        assertThat(change(editor, good, "X-Nothing", "of the kind")).isEqualTo(403);
        assertThat(change(editor, "csrf=wrong", "Origin", editor.origin())).isEqualTo(403);
        assertThat(change(editor, "", "Origin", editor.origin())).isEqualTo(403);
    }

    private static int change(Browser browser, String form, String header, String value) {
        return browser.send(browser.request("/api/things/shop")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(header, value)
                        .POST(BodyPublishers.ofString(form))
                        .build())
                .statusCode();
    }

    // S16
    @Test
    void a_refused_attempt_is_in_the_audit() {
        Browser viewer = server.signedIn("vera", "shop", Role.VIEWER);
        viewer.post("/api/things/shop");
        var found = database.inTransaction(transaction -> AuditReader.find(
                transaction, new AuditReader.Search("route", null, "/api/things/shop", "vera", 0), 10));
        assertThat(found).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("request.refused");
            assertThat(entry.actor().address()).isEqualTo("127.0.0.1");
        });
    }

    // S9
    @Test
    void every_answer_has_its_headers() {
        Browser admin = server.signedIn("ada", "*", Role.ADMIN);
        String asset = "/assets/x/console.css";
        for (String path : List.of("/api/things", "/nothing", "/api/nothing", "/api/things/broken", asset)) {
            var headers = admin.get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
            assertThat(headers.firstValue("Cache-Control")).as(path).hasValue("no-store");
        }
    }

    // S21
    @Test
    void a_failure_shows_an_id_and_no_trace() {
        Browser admin = server.signedIn("ada", "*", Role.ADMIN);
        HttpResponse<String> program = admin.get("/api/things/broken");
        assertThat(program.statusCode()).isEqualTo(500);
        assertThat(program.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(program.body()).contains("\"id\":\"").doesNotContain("secret", "Exception", "io.yardmaster");
        HttpResponse<String> person = admin.get("/nothing");
        assertThat(person.statusCode()).isEqualTo(404);
        assertThat(person.body()).startsWith("<!DOCTYPE html>").contains("There is nothing here");
    }

    // S19
    @Test
    void hostile_bodies_are_refused_cheaply() {
        Browser editor = server.signedIn("eve", "shop", Role.EDITOR);
        assertThat(json(editor, "{\"name\":\"" + "x".repeat(3 << 20) + "\"}").statusCode())
                .isEqualTo(413);
        assertThat(json(editor, "[".repeat(100_000)).statusCode()).isEqualTo(400);
        HttpResponse<String> cut = json(editor, "{\"name\":");
        assertThat(cut.statusCode()).isEqualTo(400);
        assertThat(cut.body()).contains("line 1");
        assertThat(json(editor, "{\"nam\":1}").body()).contains("\"field\":\"nam\"");
        assertThat(json(editor, "{\"name\":\"a\",\"name\":\"b\"}").statusCode()).isEqualTo(400);
        assertThat(json(editor, "{\"name\":\"a\"}").body()).isEqualTo("{\"name\":\"a\"}");
    }

    private static HttpResponse<String> json(Browser browser, String body) {
        return browser.send(browser.request("/api/things/json/shop")
                .header("Content-Type", "application/json")
                .header("Origin", browser.origin())
                .header(Forgery.HEADER, browser.token())
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** One route of each kind. */
    @Path("api/things")
    public static final class Things {
        @GET
        @Requires(value = Permission.VIEW, on = ANYWHERE)
        public String list() {
            return "things";
        }

        @GET
        @Path("{namespace}")
        @Requires(value = Permission.VIEW, on = NAMESPACE_IN_PATH)
        public String view(@PathParam("namespace") String namespace) {
            return namespace;
        }

        @POST
        @Path("{namespace}")
        @Requires(value = Permission.EDIT, on = NAMESPACE_IN_PATH)
        public String edit(@PathParam("namespace") String namespace) {
            return namespace;
        }

        @POST
        @Path("json/{namespace}")
        @Requires(value = Permission.EDIT, on = NAMESPACE_IN_PATH)
        @jakarta.ws.rs.Consumes("application/json")
        @jakarta.ws.rs.Produces("application/json")
        public Named json(Named named) {
            return named;
        }

        @GET
        @Path("all/administer")
        @Requires(value = Permission.ADMINISTER, on = EVERYWHERE)
        public String administer() {
            return "all";
        }

        @GET
        @Path("by-id/{id}")
        @Requires(value = Permission.VIEW, on = LOOKED_UP)
        public String lookedUp(@PathParam("id") String id, @Context Caller caller) {
            caller.demand(Permission.VIEW, id);
            return id;
        }

        @GET
        @Path("careless")
        @Requires(value = Permission.VIEW, on = LOOKED_UP)
        public String careless() {
            return "the crown jewels";
        }

        @GET
        @Path("node")
        @NodeOnly
        public String node(@Context NodeCaller node) {
            return "node " + node.node();
        }

        @GET
        @Path("forgotten")
        public String forgotten() {
            return "anything";
        }

        @GET
        @Path("broken")
        @Requires(value = Permission.VIEW, on = ANYWHERE)
        public Map<String, String> broken() {
            return Map.copyOf(failing());
        }

        private static Map<String, String> failing() {
            throw new IllegalStateException("a secret of ours");
        }

        record Named(String name) {}
    }
}
