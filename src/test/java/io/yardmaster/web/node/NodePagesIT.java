package io.yardmaster.web.node;

import static io.yardmaster.web.Browser.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.node.ListedNode;
import io.yardmaster.node.Node;
import io.yardmaster.node.NodeList;
import io.yardmaster.node.NodeState;
import io.yardmaster.node.Nodes;
import io.yardmaster.run.Runs;
import io.yardmaster.security.OneTimeCodes;
import io.yardmaster.security.Purpose;
import io.yardmaster.security.Role;
import io.yardmaster.web.Browser;
import io.yardmaster.web.WebServer;
import io.yardmaster.web.run.Yard;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class NodePagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Node.class);

    private static WebServer server;

    @BeforeAll
    static void start() {
        Database database = POSTGRES.database();
        NodeLines lines = new NodeLines(new NodeList(), Duration.ofSeconds(20));
        server = WebServer.start(
                database,
                List.of(
                        new NodeListPages(database, lines),
                        new NodePages(database, lines, new Runs()),
                        new NodeChanges(database, new Nodes()),
                        new NodeJoining(database, JoinCommand.PLAIN)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_list_tells_presence_slots_and_load() {
        node("mill", 8);
        hostile("spite");
        String page = ok(viewer().get("/nodes"));
        assertThat(page)
                .contains("mill", "0 / 8", "50 %", "PID namespace", "Online", "&lt;img src=x&gt;")
                .doesNotContain("<img src=x", "Add a node", "style=", "??");
        assertThat(ok(viewer().get("/nodes/rows"))).contains("id=\"nodes\"").doesNotContain("<html");
    }

    @Test
    void a_node_shows_its_runs_of_the_viewers_namespaces_only() {
        long session = POSTGRES.database().inTransaction(transaction -> {
            Yard yard = new Yard(transaction);
            long made = yard.node("lathe", 4, 0.2);
            yard.running(yard.job("shop", "seen"), made);
            yard.running(yard.job("vault", "unseen"), made);
            return made;
        });
        String page = ok(viewer().get("/nodes/" + nodeOf(session)));
        assertThat(page).contains("seen", "2 / 4", "lathe.example.org").doesNotContain("unseen");
        assertThat(ok(viewer().get("/nodes/" + nodeOf(session) + "/live"))).contains("id=\"live\"");
        assertThat(viewer().get("/nodes/9223372036854775808").statusCode()).isEqualTo(404);
    }

    @Test
    void a_node_is_drained_and_activated_by_an_operator_and_not_by_a_viewer() {
        long node = node("press", 2);
        Browser operator = server.signedIn("opal", "*", Role.OPERATOR);
        String state = Integer.toString(found(node).version());
        assertThat(ok(operator.submit("/nodes/" + node + "/state", "state", "DRAINING", "version", state)))
                .contains("press finishes what it has and gets nothing new.");
        assertThat(found(node).state()).isEqualTo(NodeState.DRAINING);
        assertThat(operator.post("/nodes/" + node + "/state", "state", "ACTIVE", "version", state)
                        .statusCode())
                .isEqualTo(409);
        assertThat(operator.post("/nodes/" + node + "/state", "state", "ASLEEP", "version", "1")
                        .statusCode())
                .isEqualTo(422);
        assertThat(viewer().post("/nodes/" + node + "/state", "state", "ACTIVE", "version", "1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(found(node).state()).isEqualTo(NodeState.DRAINING);
    }

    @Test
    void a_lost_update_is_refused_and_shown() {
        long node = node("crane", 2);
        String version = Integer.toString(found(node).version());
        Browser admin = admin();
        assertThat(ok(admin.get("/nodes/" + node + "/edit"))).contains("name=\"slots\"", "value=\"2\"");
        assertThat(ok(admin.submit("/nodes/" + node + "/edit", fields("crane", "5", "3", version))))
                .contains("crane was saved.");
        HttpResponse<String> late = admin.post("/nodes/" + node + "/edit", fields("crane", "9", "3", version));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("The slots are now 5.", "value=\"9\"").doesNotContain("The weight is now");
        assertThat(found(node).slots()).isEqualTo(5);
        String shown = late.body().replaceAll("(?s).*name=\"version\" value=\"([0-9]+)\".*", "$1");
        assertThat(ok(admin.submit("/nodes/" + node + "/edit", fields("crane", "9", "3", shown))))
                .contains("saved");
        assertThat(found(node).slots()).isEqualTo(9);
    }

    @Test
    void a_wrong_field_is_explained_beside_it() {
        long node = node("forge", 2);
        HttpResponse<String> answer = admin().post("/nodes/" + node + "/edit", fields("<b>x</b>", "many", "3", "0"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("is a whole number", "&lt;b&gt;x&lt;/b&gt;")
                .doesNotContain("<b>x");
    }

    @Test
    void a_node_is_revoked_by_name_and_then_removed() {
        long node = node("kiln", 2);
        Browser admin = admin();
        assertThat(ok(admin.get("/nodes/" + node + "/revoke"))).contains("Type kiln to confirm");
        assertThat(admin.post("/nodes/" + node + "/revoke", "name", "kil").statusCode())
                .isEqualTo(422);
        assertThat(found(node).revoked()).isFalse();
        assertThat(ok(admin.submit("/nodes/" + node + "/revoke", "name", "kiln")))
                .contains("kiln was revoked.");
        assertThat(found(node).revoked()).isTrue();
        String version = Integer.toString(found(node).version());
        assertThat(ok(admin.submit("/nodes/" + node + "/archive", "version", version)))
                .contains("kiln was removed from the list.");
        assertThat(admin.get("/nodes/" + node).statusCode()).isEqualTo(404);
    }

    // S1
    @Test
    void a_join_code_is_made_by_an_administrator_shown_once_and_works_once() {
        Browser admin = admin();
        assertThat(ok(admin.get("/nodes/join"))).doesNotContain("--worker.join-code=");
        String page = ok(admin.post("/nodes/join"));
        assertThat(page).contains("java -jar yardmaster.war worker --worker.servers=http://localhost:");
        String code = page.replaceAll("(?s).*--worker\\.join-code=([A-Za-z0-9_-]+).*", "$1");
        assertThat(redeemed(code)).isTrue();
        assertThat(redeemed(code)).isFalse();
        assertThat(ok(admin.get("/nodes/join"))).doesNotContain(code);
        assertThat(server.signedIn("opal", "*", Role.OPERATOR)
                        .post("/nodes/join")
                        .statusCode())
                .isEqualTo(403);
    }

    private static String[] fields(String name, String slots, String weight, String version) {
        return new String[] {"name", name, "description", "", "slots", slots, "weight", weight, "version", version};
    }

    private static boolean redeemed(String code) {
        return POSTGRES.database()
                .inTransaction(transaction -> OneTimeCodes.redeem(transaction, Purpose.JOIN, code, "test"));
    }

    private static long node(String name, int slots) {
        return nodeOf(POSTGRES.database().inTransaction(transaction -> new Yard(transaction).node(name, slots, 0.5)));
    }

    private static void hostile(String name) {
        long session = POSTGRES.database().inTransaction(transaction -> new Yard(transaction).node(name, 1, 0.5));
        POSTGRES.database()
                .useTransaction(transaction -> transaction
                        .sql()
                        .createUpdate("""
                        UPDATE node_session SET host = :text, address = :text, worker_version = :text,
                            containment = :text WHERE id = :session""")
                        .bind("text", "<img src=x>'\"")
                        .bind("session", session)
                        .execute());
    }

    private static long nodeOf(long session) {
        return POSTGRES.database()
                .inTransaction(transaction -> transaction
                        .sql()
                        .createQuery("SELECT node_id FROM node_session WHERE id = :session")
                        .bind("session", session)
                        .mapTo(Long.class)
                        .one());
    }

    private static ListedNode found(long node) {
        return POSTGRES.database()
                .inTransaction(transaction -> new NodeList().find(transaction, node))
                .orElseThrow();
    }

    private static Browser viewer() {
        return server.signedIn("vera", "shop", Role.VIEWER);
    }

    private static Browser admin() {
        return server.signedIn("ada", "*", Role.ADMIN);
    }
}
