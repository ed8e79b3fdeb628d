package io.yardmaster.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DatabaseIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    @Test
    void ids_rise_with_time_and_tell_it(Database database) {
        List<Long> ids = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT next_id() FROM generate_series(1, 1000)")
                .mapTo(Long.class)
                .list());
        assertThat(ids).doesNotHaveDuplicates();
        Instant told = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT id_instant(:id)")
                .bind("id", ids.get(0))
                .mapTo(Instant.class)
                .one());
        Instant now = database.inTransaction(Transaction::now);
        assertThat(told).isBetween(now.minusSeconds(60), now);
    }

    @Test
    void what_fails_is_rolled_back_and_its_after_commit_never_runs(Database database) {
        AtomicInteger ran = new AtomicInteger();
        assertThatThrownBy(() -> database.useTransaction(transaction -> {
                    transaction
                            .sql()
                            .execute("INSERT INTO server (name, server_version, started_at, seen_at)"
                                    + " VALUES ('a', '1', now(), now())");
                    transaction.afterCommit(ran::incrementAndGet);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(ran).hasValue(0);
        long servers = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT count(*) FROM server")
                .mapTo(Long.class)
                .one());
        assertThat(servers).isZero();
    }

    @Test
    void the_loser_of_a_conflict_tries_again(Database database) {
        AtomicInteger tries = new AtomicInteger();
        String answer = database.inTransaction(transaction -> {
            if (tries.incrementAndGet() < 3) {
                transaction.sql().execute("DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$");
            }
            return "done";
        });
        assertThat(answer).isEqualTo("done");
        assertThat(tries).hasValue(3);
    }

    @Test
    void the_server_role_cannot_rewrite_the_audit(Database database) {
        assertThatThrownBy(() ->
                        database.useTransaction(transaction -> transaction.sql().execute("DELETE FROM audit_entry")))
                .hasMessageContaining("permission denied");
    }

    @Test
    void the_reader_sees_runs_and_no_secrets() throws SQLException {
        try (Connection reader = POSTGRES.connectAs(EmbeddedRoles.READER);
                Statement statement = reader.createStatement()) {
            statement.execute("SELECT * FROM run");
            statement.execute("SELECT name, state FROM node");
            for (String secret : List.of("account", "web_session", "api_token", "one_time_code", "node")) {
                assertThatThrownBy(() -> statement.execute("SELECT * FROM " + secret))
                        .hasMessageContaining("permission denied");
            }
            assertThatThrownBy(() -> statement.execute("DELETE FROM run")).hasMessageContaining("permission denied");
        }
    }

    @Test
    void partitions_are_made_ahead_and_dropped_by_retention(Database database) {
        assertThat(partitions(database, "run_history")).hasSize(9);
        int made = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT create_partitions(ARRAY['run_history'], clock_timestamp() + interval '9 days')")
                .mapTo(Integer.class)
                .one());
        assertThat(made).isEqualTo(2);
        int dropped = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT drop_partitions('run_history', clock_timestamp() + interval '3 days')")
                .mapTo(Integer.class)
                .one());
        assertThat(dropped).isEqualTo(4);
        assertThat(partitions(database, "run_history")).hasSize(7);
    }

    @Test
    void a_role_that_is_owner_and_server_gets_the_limits_of_a_server() {
        DatabaseSettings both = PostgresExtension.emptyDatabase();
        Migration.migrate(both, both.user());
        try (Database database = DatabaseOpener.open(both, List.of())) {
            String limit = database.inTransaction(transaction -> transaction
                    .sql()
                    .createQuery("SELECT current_setting('idle_in_transaction_session_timeout')")
                    .mapTo(String.class)
                    .one());
            assertThat(limit).isEqualTo("5s");
        }
    }

    @Test
    void a_schema_that_is_behind_is_refused_in_one_sentence() {
        DatabaseSettings empty = PostgresExtension.emptyDatabase();
        assertThatThrownBy(() -> DatabaseOpener.open(empty, List.of()))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageMatching("the schema lacks \\d+ migrations: run 'yardmaster migrate'");
    }

    private static List<String> partitions(Database database, String parent) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = CAST(:p AS regclass)")
                .bind("p", parent)
                .mapTo(String.class)
                .list());
    }
}
