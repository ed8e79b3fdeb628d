package io.yardmaster.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.DatabaseSettings;
import io.yardmaster.database.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** R7: the recipe of docs/concurrency.md, in a database that tasks write to. */
final class FencingRecipeIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final Pattern RECIPE = Pattern.compile(
            "```sql\n(?<create>CREATE TABLE fence [^;]*;)\n(?:--[^\n]*\n)*(?<claim>INSERT INTO fence [^;]*;)\n```");

    private DatabaseSettings downstream;
    private String claim;

    @BeforeEach
    void create() throws SQLException, IOException {
        downstream = PostgresExtension.emptyDatabase();
        Matcher recipe = RECIPE.matcher(Files.readString(Path.of("docs/concurrency.md")));
        assertThat(recipe.find()).isTrue();
        claim = recipe.group("claim").replace(":token", "?");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(recipe.group("create"));
        }
    }

    @Test
    void who_has_an_older_token_changes_no_row() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(claim(connection, 7)).isOne();
            assertThat(claim(connection, 7)).isOne();
            assertThat(claim(connection, 8)).isOne();
            assertThat(claim(connection, 7)).isZero();
            assertThat(claim(connection, 9)).isOne();
        }
    }

    @Test
    void who_comes_late_while_a_newer_holder_writes_waits_for_it_and_changes_no_row() throws SQLException {
        try (Connection newer = connect();
                Connection late = connect()) {
            newer.setAutoCommit(false);
            assertThat(claim(newer, 2)).isOne();
            CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return claim(late, 1);
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            Awaitility.await().until(() -> waits(newer));
            newer.commit();
            assertThat(waiting.join()).isZero();
        }
    }

    private int claim(Connection connection, long token) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(claim)) {
            statement.setLong(1, token);
            return statement.executeUpdate();
        }
    }

    private static boolean waits(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
            found.next();
            return found.getInt(1) > 0;
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(downstream.url(), downstream.user(), downstream.password());
    }
}
