package io.yardmaster.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Role;
import io.yardmaster.web.api.ApiClient;
import io.yardmaster.web.api.ApiClient.Reply;
import io.yardmaster.web.api.ApiServer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokensResourceIT {
    private static final String TOKENS = "/accounts/tokens";

    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static ApiServer server;
    private static ApiClient viewer;

    @BeforeAll
    static void serve() {
        server = ApiServer.start(POSTGRES.database());
        viewer = server.as("vic", "shop", Role.VIEWER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // S1
    @Test
    void a_token_is_told_once_works_and_ends_when_it_is_revoked() {
        Reply made = viewer.post(TOKENS, "{\"name\": \"ci\", \"days\": 30}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String secret = made.json().get("token").asText();
        assertThat(secret).startsWith("ymt_");
        ApiClient ci = server.with(secret);
        assertThat(ci.get("/nodes").status()).isEqualTo(200);
        Reply listed = viewer.get(TOKENS);
        assertThat(listed.text()).doesNotContain(secret);
        JsonNode line = named(listed, "ci");
        assertThat(life(line)).isEqualTo(Duration.ofDays(30));
        assertThat(line.hasNonNull("lastUsedAt")).isTrue();
        assertThat(line.has("revokedAt")).isFalse();
        assertThat(viewer.delete(TOKENS + "/" + line.get("id").asText()).status())
                .isEqualTo(204);
        assertThat(ci.get("/nodes").status()).isEqualTo(401);
        assertThat(named(viewer.get(TOKENS), "ci").hasNonNull("revokedAt")).isTrue();
        assertThat(viewer.delete(TOKENS + "/" + line.get("id").asText()).status())
                .isEqualTo(404);
    }

    @Test
    void a_token_whose_days_are_over_works_no_more_and_one_without_goes_on() {
        ApiClient brief = made("brief", ", \"days\": 1");
        ApiClient lasting = made("lasting", "");
        JsonNode list = viewer.get(TOKENS).json().get("items");
        assertThat(list.findValuesAsText("name")).startsWith("lasting", "brief");
        assertThat(list.get(0).has("expiresAt")).isFalse();
        POSTGRES.database()
                .useTransaction(transaction -> transaction
                        .sql()
                        .execute(
                                "UPDATE api_token SET expires_at = clock_timestamp() WHERE name IN ('brief', 'lasting')"
                                        + " AND expires_at IS NOT NULL"));
        assertThat(brief.get(TOKENS).status()).isEqualTo(401);
        assertThat(lasting.get(TOKENS).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                | 422 name",
                "{\"name\": \" \"}                 | 422 name",
                "{\"name\": \"a\\u0000b\"}         | 422 name",
                "{\"name\": \"x\", \"days\": 0}    | 422 days",
                "{\"name\": \"x\", \"days\": 3651} | 422 days",
                "{\"name\": \"x\", \"days\": -1}   | 422 days",
                "{\"days\": 0}                     | 422 name days",
                "{\"name\": \"x\", \"days\": 1e30} | 400 days",
                "{\"name\": \"x\", \"day\": 1}     | 400 day",
                "{\"name\": [\"x\"]}               | 400 name",
                "null                              | 400",
                "''                                | 400",
            })
    void a_wrong_request_is_refused_by_field_and_makes_nothing(String request, String refusal) {
        String before =
                viewer.get(TOKENS).json().get("items").findValuesAsText("id").toString();
        Reply refused = viewer.post(TOKENS, request);
        assertThat(refused.refusal().strip()).as(refused.text()).isEqualTo(refusal);
        assertThat(viewer.get(TOKENS).json().get("items").findValuesAsText("id").toString())
                .isEqualTo(before);
    }

    @Test
    void a_name_has_at_most_100_characters() {
        String name = "ä".repeat(100);
        assertThat(viewer.post(TOKENS, "{\"name\": \"" + name + "\"}").status()).isEqualTo(201);
        assertThat(viewer.post(TOKENS, "{\"name\": \"" + name + "b\"}").refusal())
                .isEqualTo("422 name");
    }

    // S3
    @Test
    void tokens_of_others_are_neither_seen_nor_revoked_not_even_by_an_administrator() {
        made("mine", "");
        String id = named(viewer.get(TOKENS), "mine").get("id").asText();
        ApiClient admin = server.as("ann", "*", Role.ADMIN);
        assertThat(admin.get(TOKENS).json().get("items").findValuesAsText("name"))
                .doesNotContain("mine");
        Reply theirs = admin.delete(TOKENS + "/" + id);
        assertThat(theirs.status()).isEqualTo(404);
        assertThat(theirs.json().get("detail").asText().replace(id, "1"))
                .isEqualTo(admin.delete(TOKENS + "/1").json().get("detail").asText());
        assertThat(named(viewer.get(TOKENS), "mine").has("revokedAt")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ymt_", "ymt_0000000000000000000000000000000000000000000", "Basic x"})
    void whoever_has_no_token_that_works_is_refused(String token) {
        ApiClient nobody = token.isEmpty() ? server.stranger() : server.with(token);
        assertThat(nobody.get(TOKENS).status()).isEqualTo(401);
        assertThat(nobody.get(TOKENS).header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(nobody.post(TOKENS, "{\"name\": \"x\"}").status()).isEqualTo(401);
        assertThat(nobody.delete(TOKENS + "/1").status()).isEqualTo(401);
    }

    @Test
    void a_parameter_or_an_id_that_is_none_is_refused() {
        assertThat(viewer.get(TOKENS + "?limit=1").refusal()).isEqualTo("400 limit");
        assertThat(viewer.post(TOKENS + "?days=1", "{\"name\": \"x\"}").refusal())
                .isEqualTo("400 days");
        assertThat(viewer.delete(TOKENS + "/ci").status()).isEqualTo(404);
    }

    private static ApiClient made(String name, String more) {
        return server.with(viewer.post(TOKENS, "{\"name\": \"" + name + "\"" + more + "}")
                .json()
                .get("token")
                .asText());
    }

    private static Duration life(JsonNode line) {
        Instant from = Instant.parse(line.get("createdAt").asText());
        Duration life =
                Duration.between(from, Instant.parse(line.get("expiresAt").asText()));
        return Duration.ofMinutes(Math.round(life.toSeconds() / 60.0));
    }

    private static JsonNode named(Reply listed, String name) {
        return listed.json().get("items").findParents("name").stream()
                .filter(line -> line.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
