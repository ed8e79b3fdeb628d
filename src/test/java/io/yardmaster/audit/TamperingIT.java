package io.yardmaster.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S16: what one does who can do everything to the tables but not make the hashes fit. */
final class TamperingIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final Actor BY = new Actor("ada", "192.0.2.1");

    private final Database database = POSTGRES.database();
    /** In parts that end among the five. */
    private final AuditChain chain = new AuditChain(2);

    private long first;

    /** Five entries whose ids follow one another. */
    @BeforeEach
    void write() throws SQLException {
        for (int turn = 0; turn < 5; turn++) {
            Map<String, ?> detail = Map.of("turn", turn);
            database.useTransaction(transaction -> Audit.record(
                    transaction, new AuditEntry(BY, "job.update", new Subject("job", "shop", "nightly"), detail)));
        }
        first = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT min(id) FROM audit_entry")
                .mapTo(Long.class)
                .one());
        assertThat(database.inTransaction(chain::firstBroken)).isEmpty();
        asOwner("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only");
        asOwner("ALTER TABLE audit_entry ALTER COLUMN id DROP IDENTITY");
    }

    @AfterEach
    void startAnew() throws SQLException {
        asOwner("DELETE FROM audit_entry");
        asOwner("DELETE FROM audit_head");
        asOwner("INSERT INTO audit_head (hash) VALUES (decode(repeat('00', 32), 'hex'))");
        asOwner("ALTER TABLE audit_entry ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY");
        asOwner("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at = at + interval '1 microsecond'",
                "at = 'infinity'",
                "at = '294276-01-01'",
                "actor = 'eve'",
                "address = NULL",
                "action = 'job.create'",
                "subject_kind = 'queue'",
                "namespace = NULL",
                "subject = 'weekly'",
                "detail = detail || '{\"turn\": 9}'",
                "hash = sha256('x')",
                "previous_hash = sha256('x')",
            })
    void an_altered_entry_is_named(String change) throws SQLException {
        asOwner("UPDATE audit_entry SET " + change + " WHERE id = " + (first + 2));
        assertBroken(first + 2);
    }

    @Test
    void an_altered_entry_with_a_fitting_hash_is_found_by_the_next() throws SQLException {
        asOwner("UPDATE audit_entry SET actor = 'eve' WHERE id = " + (first + 2));
        asOwner("""
                UPDATE audit_entry SET hash = audit_hash(previous_hash, at, jsonb_build_array(actor, action,
                    subject_kind, namespace, subject, detail, address)) WHERE id = %d""".formatted(first + 2));
        assertBroken(first + 3);
    }

    @Test
    void the_entry_after_a_removed_one_is_named() throws SQLException {
        asOwner("DELETE FROM audit_entry WHERE id = " + (first + 2));
        assertBroken(first + 3);
        asOwner("DELETE FROM audit_entry WHERE id = " + first);
        assertBroken(first + 1);
    }

    @Test
    void an_end_that_was_cut_off_is_told() throws SQLException {
        asOwner("DELETE FROM audit_entry WHERE id = " + (first + 4));
        assertBroken(0);
        asOwner("DELETE FROM audit_entry");
        assertBroken(0);
    }

    @Test
    void an_end_that_was_cut_off_with_its_mark_is_told() throws SQLException {
        asOwner("DELETE FROM audit_entry WHERE id = " + (first + 4));
        asOwner("DELETE FROM audit_head");
        assertBroken(0);
    }

    @Test
    void the_first_of_two_entries_in_the_wrong_order_is_named() throws SQLException {
        asOwner("UPDATE audit_entry SET id = -1 WHERE id = " + (first + 1));
        asOwner("UPDATE audit_entry SET id = " + (first + 1) + " WHERE id = " + (first + 2));
        asOwner("UPDATE audit_entry SET id = " + (first + 2) + " WHERE id = -1");
        assertBroken(first + 1);
    }

    @Test
    void an_entry_put_between_others_is_named() throws SQLException {
        asOwner("UPDATE audit_entry SET id = id + 100 WHERE id > " + (first + 1));
        asOwner("""
                INSERT INTO audit_entry SELECT id + 1, at, actor, action, subject_kind, namespace, subject, detail,
                    address, hash, sha256('x') FROM audit_entry WHERE id = %d""".formatted(first + 1));
        assertBroken(first + 2);
    }

    // no statement outlasts what the connection waits for an answer, or a long record could never be verified
    @Test
    void verifying_keeps_to_the_limits_of_a_server() {
        String query = "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'";
        boolean same = database.inTransaction(transaction -> {
            String before =
                    transaction.sql().createQuery(query).mapTo(String.class).one();
            chain.firstBroken(transaction);
            return before.equals(
                    transaction.sql().createQuery(query).mapTo(String.class).one());
        });
        assertThat(same).isTrue();
    }

    @Test
    void a_server_can_only_append() {
        for (String act : List.of(
                "UPDATE audit_entry SET actor = 'eve'",
                "DELETE FROM audit_entry",
                "TRUNCATE audit_entry",
                "DELETE FROM audit_head",
                "TRUNCATE audit_head",
                "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only",
                "DROP TABLE audit_entry",
                "CREATE OR REPLACE FUNCTION audit_hash(previous bytea, at timestamptz, words jsonb) RETURNS bytea"
                        + " LANGUAGE sql RETURN previous")) {
            assertThatThrownBy(() -> database.useTransaction(
                            transaction -> transaction.sql().execute(act)))
                    .as(act)
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
    }

    private void assertBroken(long id) {
        assertThat(database.inTransaction(chain::firstBroken)).contains(id);
    }

    private static void asOwner(String sql) throws SQLException {
        try (Connection owner = POSTGRES.connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
