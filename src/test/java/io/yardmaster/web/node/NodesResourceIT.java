package io.yardmaster.web.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.lock.Lock;
import io.yardmaster.node.Node;
import io.yardmaster.queue.Queue;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.SharedTimetable;
import io.yardmaster.web.api.ApiClient;
import io.yardmaster.web.api.ApiClient.Reply;
import io.yardmaster.web.api.ApiServer;
import io.yardmaster.web.run.Yard;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodesResourceIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(
            Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class, Node.class);

    private static ApiServer server;
    private static ApiClient viewer;
    private static ApiClient operator;
    private static ApiClient admin;

    @BeforeAll
    static void serve() {
        server = ApiServer.start(POSTGRES.database());
        viewer = server.as("vic", "shop", Role.VIEWER);
        operator = server.as("oli", "*", Role.OPERATOR);
        admin = server.as("ann", "*", Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_node_is_told_with_its_session_and_load() {
        JsonNode node = viewer.get(node("loom", 4)).json();
        assertThat(node.get("id").isTextual()).isTrue();
        assertThat(node.get("name").asText()).isEqualTo("loom");
        assertThat(node.get("live").asBoolean()).isTrue();
        assertThat(node.get("slots").asInt()).isEqualTo(4);
        assertThat(node.at("/session/host").asText()).isEqualTo("loom.example.org");
        assertThat(node.at("/load/cpu").asDouble()).isEqualTo(0.5);
        assertThat(viewer.get("/nodes/1").status()).isEqualTo(404);
        assertThat(viewer.get("/nodes/loom").status()).isEqualTo(404);
    }

    @Test
    void the_list_goes_on_page_by_page_without_a_gap_or_a_repeat() {
        IntStream.rangeClosed(1, 5).forEach(n -> node("page-" + n, 1));
        List<JsonNode> pages = viewer.pages("/nodes?limit=2");
        assertThat(pages.subList(0, pages.size() - 1)).allMatch(page -> page.size() == 2);
        List<String> names = pages.stream()
                .flatMap(page -> page.findValuesAsText("name").stream())
                .toList();
        assertThat(names).isSorted().doesNotHaveDuplicates();
        assertThat(names).contains("page-1", "page-2", "page-3", "page-4", "page-5");
        assertThat(viewer.pages("/nodes?limit=500")).hasSize(1);
    }

    @Test
    void the_longest_page_is_full_and_followed_by_another() {
        sql("""
                INSERT INTO node (name, credential_hash, slots)
                SELECT 'row-' || n, sha256(CAST('row-' || n AS bytea)), 1 FROM generate_series(1, 501) n""");
        List<JsonNode> pages = viewer.pages("/nodes?limit=500");
        sql("UPDATE node SET archived_at = now() WHERE name LIKE 'row-%'");
        assertThat(pages).hasSize(2);
        assertThat(pages.get(0)).hasSize(500);
    }

    @Test
    void a_cursor_that_was_changed_is_refused_by_name() {
        node("first", 1);
        node("second", 1);
        String next = viewer.get("/nodes?limit=1").json().get("next").asText();
        String changed = next.substring(0, next.length() - 2) + (next.endsWith("A") ? "BB" : "AA");
        assertThat(viewer.get("/nodes?cursor=" + next).status()).isEqualTo(200);
        assertThat(viewer.get("/nodes?cursor=" + changed).refusal()).isEqualTo("400 cursor");
        assertThat(viewer.get("/runs?cursor=" + next).refusal()).isEqualTo("400 cursor");
    }

    @Test
    void what_a_change_leaves_out_stays_as_it_was() {
        String path = node("saw", 4);
        JsonNode changed = admin.putJson(path, "{\"slots\": 6, \"description\": \"in hall 2\"}")
                .json();
        assertThat(changed.get("slots").asInt()).isEqualTo(6);
        assertThat(changed.get("name").asText()).isEqualTo("saw");
        JsonNode again = admin.putJson(path, "{\"weight\": 3, \"state\": \"MAINTENANCE\"}")
                .json();
        assertThat(again.get("slots").asInt()).isEqualTo(6);
        assertThat(again.get("description").asText()).isEqualTo("in hall 2");
        assertThat(again.get("weight").asInt()).isEqualTo(3);
        assertThat(viewer.get(path).json()).isEqualTo(again);
    }

    @Test
    void of_two_changes_from_one_version_the_later_is_refused() {
        String path = node("drill", 4);
        int version = viewer.get(path).json().get("version").asInt();
        String change = "{\"slots\": %d, \"version\": " + version + "}";
        assertThat(admin.putJson(path, change.formatted(5)).status()).isEqualTo(200);
        Reply late = admin.putJson(path, change.formatted(9));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().get("detail").asText()).startsWith("node drill was changed by somebody else");
        assertThat(viewer.get(path).json().get("slots").asInt()).isEqualTo(5);
    }

    @Test
    void changes_that_name_no_version_all_hold_however_many_come_at_once() {
        String path = node("press", 4);
        List<CompletableFuture<Reply>> asked = IntStream.rangeClosed(1, 12)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> admin.putJson(path, "{\"weight\": " + n + "}")))
                .toList();
        List<Reply> replies = asked.stream().map(CompletableFuture::join).toList();
        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.status()).as(reply.text()).isEqualTo(200));
        assertThat(replies.stream().map(reply -> reply.json().get("version").asInt()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"slots\": 0}                       | 422 slots",
                "{\"slots\": 10001, \"weight\": 1001} | 422 slots weight",
                "{\"name\": \"-x\"}                   | 422 name",
                "{\"name\": \"lathe\"}                | 409",
                "{\"description\": \"a\\u0000b\"}     | 422 description",
                "{\"state\": \"ASLEEP\"}              | 400 state",
                "{\"slots\": \"many\"}                | 400 slots",
                "{\"slots\": 2.9}                     | 400 slots",
                "{\"slots\": \"3\"}                   | 400 slots",
                "{\"state\": 1}                       | 400 state",
                "{\"slotz\": 3}                       | 400 slotz",
                "[]                                   | 400 ''",
                "null                                 | 400",
                "{\"slots\": 3                        | 400 ''",
            })
    void a_wrong_change_is_refused_by_field_and_changes_nothing(String change, String refusal) {
        Stream.of("lathe", "wrong").filter(name -> named(name) == null).forEach(name -> node(name, 2));
        JsonNode before = named("wrong");
        Reply refused = admin.putJson("/nodes/" + before.get("id").asText(), change);
        assertThat(refused.refusal()).as(refused.text()).isEqualTo(refusal.replace("''", ""));
        assertThat(named("wrong")).isEqualTo(before);
    }

    @Test
    void an_operator_drains_and_resumes_but_does_not_change() {
        String path = node("crane", 2);
        assertThat(state(operator.post(path + "/drain", null))).isEqualTo("DRAINING");
        assertThat(state(operator.post(path + "/drain", null))).isEqualTo("DRAINING");
        assertThat(state(operator.post(path + "/resume", null))).isEqualTo("ACTIVE");
        assertThat(operator.putJson(path, "{\"slots\": 3}").status()).isEqualTo(403);
        assertThat(operator.post("/nodes/1/drain", null).status()).isEqualTo(404);
        assertThat(operator.post(path + "/drain?force=true", null).refusal()).isEqualTo("400 force");
        assertThat(state(viewer.get(path))).isEqualTo("ACTIVE");
    }

    @Test
    void whoever_is_not_let_everywhere_changes_no_node_and_strangers_see_none() {
        String path = node("kiln", 2);
        ApiClient local = server.as("ada", "shop", Role.ADMIN);
        assertThat(local.putJson(path, "{\"slots\": 3}").status()).isEqualTo(403);
        assertThat(local.post(path + "/drain", null).status()).isEqualTo(403);
        assertThat(local.post(path + "/resume", null).status()).isEqualTo(403);
        ApiClient stranger = server.stranger();
        assertThat(stranger.get("/nodes").status()).isEqualTo(401);
        assertThat(stranger.get(path).status()).isEqualTo(401);
        assertThat(stranger.putJson(path, "{\"slots\": 3}").status()).isEqualTo(401);
        assertThat(stranger.post(path + "/drain", null).status()).isEqualTo(401);
        assertThat(viewer.get(path).json().get("slots").asInt()).isEqualTo(2);
    }

    private static String state(Reply reply) {
        return reply.json().path("state").asText();
    }

    /** Null for none. */
    private static JsonNode named(String name) {
        return viewer.pages("/nodes?limit=500").stream()
                .flatMap(page -> page.findParents("name").stream())
                .filter(node -> node.get("name").asText().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static void sql(String statement) {
        POSTGRES.database().useTransaction(transaction -> transaction.sql().execute(statement));
    }

    /** Its address. */
    private static String node(String name, int slots) {
        POSTGRES.database().inTransaction(transaction -> new Yard(transaction).node(name, slots, 0.5));
        return "/nodes/" + named(name).get("id").asText();
    }
}
