package io.yardmaster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.PostgresExtension;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class NodesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Node.class);

    private static final Actor ADA = new Actor("ada", "127.0.0.1");

    private final Nodes nodes = new Nodes();
    private Database database;

    @BeforeEach
    void database(Database given) {
        database = given;
    }

    @Test
    void an_update_is_kept_and_audited() {
        long id = join("update").node();
        NodeTerms terms = new NodeTerms(List.of("zone=a", "gpu"), 80, null, 1L << 30, 300);
        update(id, 0, new NodeDraft("updated", "by the door", 3, 5, NodeState.DRAINING, terms));
        Node node = find(id);
        assertThat(node.terms()).isEqualTo(terms);
        assertThat(node.name()).isEqualTo("updated");
        assertThat(node.slots()).isEqualTo(3);
        assertThat(node.weight()).isEqualTo(5);
        assertThat(node.state()).isEqualTo(NodeState.DRAINING);
        assertThat(POSTGRES.count("audit_entry WHERE action = 'node.update'")).isPositive();
    }

    @Test
    void a_change_of_what_somebody_else_changed_is_refused() {
        long id = join("contested").node();
        update(id, 0, draft("contested", 3));
        assertThatThrownBy(() -> update(id, 0, draft("contested", 4)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("changed by somebody else");
        assertThatThrownBy(() -> database.useTransaction(transaction -> nodes.archive(transaction, id, 0, ADA)))
                .isInstanceOf(Conflict.class);
        assertThat(find(id).slots()).isEqualTo(3);
    }

    @Test
    void a_wrong_draft_is_refused() {
        long id = join("wrong").node();
        assertThatThrownBy(() -> update(id, 0, new NodeDraft("-", "", 0, 1001, null, null)))
                .isInstanceOf(Invalid.class);
        assertThat(find(id).name()).isEqualTo("wrong");
    }

    @Test
    void a_revoked_credential_is_unknown_and_revoking_again_changes_nothing() {
        Nodes.Joined joined = join("revoked");
        assertThat(isKnown(joined)).isTrue();
        for (int time = 0; time < 2; time++) {
            database.useTransaction(transaction -> nodes.revoke(transaction, joined.node(), ADA));
        }
        assertThat(isKnown(joined)).isFalse();
        assertThat(POSTGRES.count("audit_entry WHERE action = 'node.revoke'")).isOne();
    }

    @Test
    void an_archived_node_is_gone_and_its_name_free() {
        Nodes.Joined joined = join("archived");
        database.useTransaction(transaction -> nodes.archive(transaction, joined.node(), 0, ADA));
        assertThat(isKnown(joined)).isFalse();
        assertThatThrownBy(() -> update(joined.node(), 1, draft("archived", 1))).isInstanceOf(Missing.class);
        join("archived");
    }

    @Test
    void a_name_that_is_taken_is_refused() {
        join("first");
        long second = join("second").node();
        assertThatThrownBy(() -> update(second, 0, draft("first", 1)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("first");
        assertThatThrownBy(() -> join("first")).isInstanceOf(Conflict.class);
    }

    // neither has seen the other's name when both write it
    @Test
    void of_two_that_take_a_name_at_the_same_instant_one_is_told_that_it_is_taken() {
        long one = join("one").node();
        long other = join("other").node();
        CompletableFuture<Void> second = database.inTransaction(transaction -> {
            nodes.update(transaction, one, 0, draft("wanted", 1), ADA);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> update(other, 0, draft("wanted", 1)));
            await().until(() -> POSTGRES.count("pg_stat_activity WHERE wait_event_type = 'Lock'") > 0);
            return waiting;
        });
        assertThat(catchThrowable(second::join))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(Conflict.class);
        assertThat(find(one).name()).isEqualTo("wanted");
        assertThat(find(other).name()).isEqualTo("other");
    }

    @Test
    void sessions_of_long_ago_are_deleted_but_for_the_last_of_each_node() {
        long id = join("old").node();
        long away = join("away").node();
        for (int days : List.of(90, 31, 29)) {
            session(id, days);
        }
        session(away, 400);
        assertThat(database.inTransaction(new NodeSessions()::deleteOld)).isEqualTo(2);
        assertThat(POSTGRES.count("node_session WHERE node_id = " + id)).isOne();
        assertThat(POSTGRES.count("node_session WHERE node_id = " + away)).isOne();
    }

    private Nodes.Joined join(String name) {
        return database.inTransaction(
                transaction -> nodes.join(transaction, new Nodes.Joining(name, 2, "host", "127.0.0.1")));
    }

    private void update(long id, int version, NodeDraft draft) {
        database.useTransaction(transaction -> nodes.update(transaction, id, version, draft, ADA));
    }

    private static NodeDraft draft(String name, int slots) {
        return new NodeDraft(name, "", slots, 1, NodeState.ACTIVE, null);
    }

    private Node find(long id) {
        return database.inTransaction(transaction -> nodes.find(transaction, id))
                .orElseThrow();
    }

    private boolean isKnown(Nodes.Joined joined) {
        return database.inTransaction(transaction -> nodes.withCredential(transaction, joined.credential()))
                .isPresent();
    }

    private void session(long node, int daysAgo) {
        database.useTransaction(transaction -> transaction.sql().execute("""
                INSERT INTO node_session (node_id, state, ended_at, taken_back_at, started_at, lease_until,
                    boot_id, host, address, worker_version, containment)
                SELECT ?, 'ENDED', at, at, at, at, 'b', 'h', 'a', '1', 'PID_NAMESPACE'
                FROM (SELECT clock_timestamp() - ? * interval '1 day' AS at) past""", node, daysAgo));
    }
}
