package io.yardmaster.node;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.hibernate.exception.ConstraintViolationException;

/** The nodes that there are, and every change that a person makes to one. Each change is audited. */
public final class Nodes {
    private final NodeSessions sessions = new NodeSessions();

    /**
     * The identity of a new node.
     *
     * @param credential told once
     */
    public record Joined(long node, NodeCredential credential) {}

    /**
     * A worker that wants to be a node.
     *
     * @param slots runs at a time that it can have
     * @param host what the machine calls itself, for the record
     * @param address IP address that it came from
     */
    public record Joining(String name, int slots, String host, String address) {}

    /**
     * A new node.
     *
     * @throws Invalid if the name or the slots are of the wrong form
     * @throws Conflict if another node has the name
     */
    public Joined join(Transaction transaction, Joining joining) {
        String name = joining.name();
        Invalid.Problems problems = new Invalid.Problems();
        NodeDraft.checkJoining(problems, name, joining.slots());
        problems.throwIfAny();
        NodeCredential credential = NodeCredential.random();
        // index node_by_name
        long id = transaction
                .sql()
                .createQuery("""
                        INSERT INTO node (name, credential_hash, slots) VALUES (:name, :hash, :slots)
                        ON CONFLICT (name) WHERE archived_at IS NULL DO NOTHING RETURNING id""")
                .bind("name", name)
                .bind("hash", credential.hash())
                .bind("slots", joining.slots())
                .mapTo(Long.class)
                .findFirst()
                .orElseThrow(() -> taken(name));
        record(
                transaction,
                new Actor("node:" + name, joining.address()),
                "node.join",
                name,
                Map.of("slots", joining.slots(), "host", joining.host()));
        return new Joined(id, credential);
    }

    /** The node with this credential, unless it is unknown, revoked or archived. Index {@code node_by_credential}. */
    public OptionalLong withCredential(Transaction transaction, NodeCredential credential) {
        return transaction
                .sql()
                .createQuery("""
                        SELECT id FROM node
                        WHERE credential_hash = :hash AND revoked_at IS NULL AND archived_at IS NULL""")
                .bind("hash", credential.hash())
                .mapTo(Long.class)
                .findFirst()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    public Optional<Node> find(Transaction transaction, long id) {
        return Optional.ofNullable(transaction.hibernate().find(Node.class, id)).filter(node -> !node.isArchived());
    }

    /**
     * Changes what operators say of a node.
     *
     * @param version the node's version that the change was made from
     * @throws Conflict if it has been changed since, or the name is taken
     */
    public Node update(Transaction transaction, long id, int version, NodeDraft draft, Actor by) {
        draft.check();
        Node node = unchanged(transaction, id, version);
        if (!node.name().equals(draft.name()) && isTaken(transaction, draft.name())) {
            throw taken(draft.name());
        }
        Map<String, Object> detail = draft.changes(node);
        node.become(draft, transaction.now());
        flush(transaction, draft.name());
        lockSession(transaction, id);
        if (!detail.isEmpty()) {
            record(transaction, by, "node.update", draft.name(), detail);
        }
        return node;
    }

    /** Takes the node's credential away: from the next request on, its worker is a stranger. Again changes nothing. */
    public Node revoke(Transaction transaction, long id, Actor by) {
        Node node = hold(transaction, id);
        if (node.revokedAt() == null) {
            node.revoke(transaction.now());
            transaction.hibernate().flush();
            lockSession(transaction, id);
            record(transaction, by, "node.revoke", node.name(), Map.of());
        }
        return node;
    }

    /** Removes the node from sight and takes its credential away; its name is free again. */
    public void archive(Transaction transaction, long id, int version, Actor by) {
        Node node = unchanged(transaction, id, version);
        Instant now = transaction.now();
        node.revoke(now);
        node.archive(now);
        transaction.hibernate().flush();
        lockSession(transaction, id);
        record(transaction, by, "node.archive", node.name(), Map.of());
    }

    /**
     * Whoever gives out slots of the node does so under this lock and reads the node after it: either before us, so that we
     * wait, or after us, seeing what we changed.
     */
    private void lockSession(Transaction transaction, long node) {
        sessions.lockLive(transaction, node);
    }

    private Node unchanged(Transaction transaction, long id, int version) {
        Node node = hold(transaction, id);
        if (node.version() != version) {
            throw new Conflict("conflict.node.changed", node.name(), node.updatedAt());
        }
        return node;
    }

    /**
     * The node as it stands, which nobody else changes until the end of the transaction.
     *
     * @throws Missing if there is none, or it is archived
     */
    public Node hold(Transaction transaction, long id) {
        Node node = transaction.hibernate().find(Node.class, id);
        if (node != null) {
            // read before it was locked, it may have been changed in between
            transaction.hibernate().refresh(node, LockModeType.PESSIMISTIC_WRITE);
        }
        if (node == null || node.isArchived()) {
            throw new Missing("node " + id);
        }
        return node;
    }

    /** Of two that take a name at the same instant, the second learns of the first from the index only. */
    private static void flush(Transaction transaction, String name) {
        try {
            transaction.hibernate().flush();
        } catch (ConstraintViolationException violation) {
            throw "node_by_name".equals(violation.getConstraintName()) ? taken(name) : violation;
        }
    }

    private static boolean isTaken(Transaction transaction, String name) {
        return transaction
                .sql()
                .createQuery("SELECT EXISTS (SELECT FROM node WHERE name = :name AND archived_at IS NULL)")
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    private static void record(Transaction transaction, Actor by, String action, String name, Map<String, ?> detail) {
        Audit.record(transaction, new AuditEntry(by, action, new Subject("node", null, name), detail));
    }

    private static Conflict taken(String name) {
        return new Conflict("conflict.node.taken", name);
    }
}
