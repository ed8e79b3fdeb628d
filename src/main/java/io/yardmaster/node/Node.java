package io.yardmaster.node;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.annotations.Generated;
import org.hibernate.generator.EventType;

/** A worker machine as its operators define it. What it is doing is in its {@link NodeSession}. */
@Entity
@Table(name = "node")
public class Node {
    @Id
    @Generated(event = EventType.INSERT)
    private Long id;

    private String name;
    private String description = "";

    @Column(name = "credential_hash")
    private byte[] credentialHash;

    private int slots;
    private int weight = 1;

    @Enumerated(EnumType.STRING)
    @Column(columnDefinition = "text")
    private NodeState state = NodeState.ACTIVE;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    @Column(name = "archived_at")
    private Instant archivedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private int version;

    protected Node() {}

    Node(String name, int slots, byte[] credentialHash, Instant now) {
        this.name = name;
        this.slots = slots;
        this.credentialHash = credentialHash.clone();
        this.createdAt = now;
        this.updatedAt = now;
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    /** How many runs it may have at a time; its session says how many it can. */
    public int slots() {
        return slots;
    }

    /** Its share beside other nodes under balancers that weigh. */
    public int weight() {
        return weight;
    }

    public NodeState state() {
        return state;
    }

    /** When its credential was taken away; null while it is good. */
    public Instant revokedAt() {
        return revokedAt;
    }

    boolean isArchived() {
        return archivedAt != null;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    /** To be given back with a change, so that no change of somebody else is overwritten unseen. */
    public int version() {
        return version;
    }

    void become(NodeDraft draft, Instant now) {
        name = draft.name();
        description = draft.description();
        slots = draft.slots();
        weight = draft.weight();
        state = draft.state();
        updatedAt = now;
    }

    void revoke(Instant now) {
        revokedAt = now;
        updatedAt = now;
    }

    void archive(Instant now) {
        archivedAt = now;
        updatedAt = now;
    }
}
