package io.yardmaster.node;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.generator.EventType;
import org.hibernate.type.SqlTypes;

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

    @JdbcTypeCode(SqlTypes.ARRAY)
    private String[] labels = {};

    @Column(name = "max_cpu")
    private Integer maxCpu;

    @Column(name = "max_memory")
    private Integer maxMemory;

    @Column(name = "min_disk_free")
    private Long minDiskFree;

    @Column(name = "warm_up_seconds")
    private int warmUpSeconds;

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

    public NodeTerms terms() {
        return new NodeTerms(List.of(labels), maxCpu, maxMemory, minDiskFree, warmUpSeconds);
    }

    /** This node as a draft, to be changed and given back. */
    public NodeDraft draft() {
        return new NodeDraft(name, description, slots, weight, state, terms());
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
        labels = draft.terms().labels().toArray(String[]::new);
        maxCpu = draft.terms().maxCpu();
        maxMemory = draft.terms().maxMemory();
        minDiskFree = draft.terms().minDiskFree();
        warmUpSeconds = draft.terms().warmUpSeconds();
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
