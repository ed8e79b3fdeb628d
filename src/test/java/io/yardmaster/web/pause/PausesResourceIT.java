package io.yardmaster.web.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Role;
import io.yardmaster.web.api.ApiClient;
import io.yardmaster.web.api.ApiClient.Reply;
import io.yardmaster.web.api.ApiServer;
import io.yardmaster.web.job.JobYard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PausesResourceIT {
    private static final String SKIP = "{\"missed\": \"SKIP\"}";

    @RegisterExtension
    static final PostgresExtension POSTGRES = JobYard.postgres();

    private static ApiServer server;
    private static ApiClient admin;
    private static ApiClient operator;
    private static ApiClient viewer;
    private static ApiClient stranger;

    @BeforeAll
    static void serve() {
        server = ApiServer.start(POSTGRES.database());
        admin = server.as("ada", "*", Role.ADMIN);
        operator = server.as("oli", "shop", Role.OPERATOR);
        viewer = server.as("vic", "shop", Role.VIEWER);
        stranger = server.as("eve", "other", Role.ADMIN);
        admin.putYaml("/jobs/shop/job", """
                kind: job
                namespace: shop
                name: job
                enabled: true
                task: {type: noop}
                schedules:
                - {name: nightly, cron: "0 0 2 * * ?", zone: UTC, enabled: true}
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jobs/shop/job", "/jobs/shop/job/schedules/nightly", "/namespaces/shop"})
    void an_operator_pauses_and_resumes_in_their_namespace(String path) {
        assertThat(viewer.post(path + "/pause", null).status()).isEqualTo(403);
        assertThat(stranger.post(path + "/pause", null).status()).isEqualTo(404);
        Reply paused = operator.post(path + "/pause", "{\"reason\": \"works\"}");
        assertThat(paused.status()).as(paused.text()).isEqualTo(200);
        assertThat(paused.json().get("reason").asText()).isEqualTo("works");
        assertThat(viewer.get("/pauses").json().get("items")).containsExactly(paused.json());
        assertThat(stranger.get("/pauses").json().get("items")).isEmpty();
        assertThat(operator.post(path + "/pause", null).status()).isEqualTo(409);
        assertThat(operator.post(path + "/resume", "{}").refusal()).isEqualTo("422 missed");
        Reply resumed = operator.post(path + "/resume", SKIP);
        assertThat(resumed.status()).as(resumed.text()).isEqualTo(200);
        assertThat(resumed.json().at("/waiting/schedules").asInt()).isEqualTo(1);
        assertThat(operator.post(path + "/resume", SKIP).status()).isEqualTo(409);
        POSTGRES.database()
                .useTransaction(transaction ->
                        transaction.sql().execute("UPDATE schedule SET paused_from = NULL, resume_with = NULL"));
    }

    @Test
    void all_is_paused_by_an_administrator_of_all_alone_and_everybody_is_told() {
        assertThat(stranger.post("/system/pause", null).status()).isEqualTo(403);
        assertThat(admin.post("/system/pause", null).json().get("scope").asText())
                .isEqualTo("SYSTEM");
        assertThat(stranger.get("/pauses").json().get("items")).hasSize(1);
        assertThat(admin.post("/system/resume", SKIP).status()).isEqualTo(200);
        assertThat(admin.get("/jobs/shop/job").status()).isEqualTo(200);
    }
}
