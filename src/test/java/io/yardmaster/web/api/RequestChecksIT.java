package io.yardmaster.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.lock.Lock;
import io.yardmaster.node.Node;
import io.yardmaster.queue.Queue;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.SharedTimetable;
import io.yardmaster.web.api.ApiClient.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every address of the API asks of a request, whatever it is about. */
final class RequestChecksIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(
            Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class, Node.class);

    private static ApiServer server;
    private static ApiClient viewer;
    private static ApiClient admin;

    @BeforeAll
    static void serve() {
        server = ApiServer.start(POSTGRES.database());
        viewer = server.as("vic", "shop", Role.VIEWER);
        admin = server.as("ann", "*", Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/nodes?cursr=x, cursr, cursor",
        "/jobs?nmespace=shop, nmespace, namespace",
        "/runs?jobs=shop/a, jobs, job",
        "/runs/1/output?form=0, form, from",
    })
    void a_parameter_that_is_none_is_refused_with_the_one_that_was_meant(String path, String name, String meant) {
        Reply refused = viewer.get(path);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo(name);
        assertThat(refused.json().at("/errors/0/message").asText()).contains("did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nodes", "/jobs", "/runs"})
    void a_cursor_of_somebody_else_is_refused_by_name(String path) {
        for (String cursor : new String[] {"x", "AAAAAAAA", "%00"}) {
            Reply refused = viewer.get(path + "?cursor=" + cursor);
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("cursor");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/nodes, nodes, ",
        "/nodes, nodes, %",
        "/jobs, jobs by name, shop/a",
        "/jobs, jobs by name, shop/a/x",
        "/jobs, jobs by name, shop/%/1",
        "/jobs/shop/a/versions, versions, x",
        "/runs, runs, ",
        "/runs, runs, 1e3",
    })
    void a_cursor_that_was_made_up_is_refused_by_name(String path, String list, String key) {
        List<String> parts =
                key == null ? List.of() : List.of(key.replace('%', '\0').split("/"));
        Reply refused = viewer.get(path + "?cursor=" + Cursor.of(list, parts));
        assertThat(refused.refusal()).as(refused.text()).isEqualTo("400 cursor");
    }

    @Test
    void a_nul_is_refused_at_its_field() {
        Reply query = viewer.get("/jobs?namespace=a%00b");
        assertThat(query.status()).as(query.text()).isEqualTo(400);
        assertThat(query.json().at("/errors/0/field").asText()).isEqualTo("namespace");
        Reply body = viewer.post("/accounts/tokens", "{\"name\":\"a\\u0000b\"}");
        assertThat(body.status()).as(body.text()).isEqualTo(422);
        assertThat(body.json().at("/errors/0/field").asText()).isEqualTo("name");
        assertThat(body.json().at("/errors/0/message").asText()).contains("NUL");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /accounts/tokens | {"name": "aXb"}                        | 422 name
            /runs/1/hold     | {"reason": "aXb"}                      | 400 reason
            /runs/1/verdict  | {"verdict": "FAILED", "reason": "aXb"} | 400 reason
            /system/pause    | {"reason": "aXb"}                      | 400 reason
            """)
    void half_a_character_is_refused_at_its_field(String path, String body, String refusal) {
        Reply refused = admin.post(path, body.replace("X", "\\ud800"));
        assertThat(refused.refusal()).as(refused.text()).isEqualTo(refusal);
    }

    @Test
    void an_id_is_digits_alone() {
        for (String id : new String[] {"%2B1", "-1", "1e3", "9".repeat(20)}) {
            assertThat(admin.get("/runs/" + id).status()).as(id).isEqualTo(404);
        }
        assertThat(viewer.get("/nodes?limit=%2B5").status()).isEqualTo(422);
    }

    @Test
    void what_is_not_spoken_is_refused_with_what_is() {
        Reply sent = admin.postYaml("/accounts/tokens", "name: x");
        assertThat(sent.status()).isEqualTo(415);
        assertThat(sent.json().get("detail").asText()).contains("application/json");
        Reply wanted = viewer.get("/nodes", "Accept", "image/png");
        assertThat(wanted.status()).isEqualTo(406);
        assertThat(wanted.json().get("detail").asText()).contains("application/json");
    }

    /** Nodes belong to no namespace: who may see something may see them, in the console and here. */
    @Test
    void a_viewer_of_one_namespace_sees_the_nodes_but_changes_none() {
        assertThat(viewer.get("/nodes").status()).isEqualTo(200);
        assertThat(viewer.get("/nodes/1").status()).isEqualTo(404);
        assertThat(viewer.post("/nodes/1/drain", "").status()).isEqualTo(403);
        assertThat(server.as("oda", "shop", Role.OPERATOR)
                        .post("/nodes/1/drain", "")
                        .status())
                .isEqualTo(403);
    }
}
