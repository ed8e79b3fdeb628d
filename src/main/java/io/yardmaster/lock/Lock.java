package io.yardmaster.lock;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Something that runs of different jobs share, under a name. */
@Entity
@Table(name = "lock")
public class Lock {
    @Id
    private long id;

    private String namespace;
    private String name;
    private String description;
    private String owner;

    @Enumerated(EnumType.STRING)
    private LockKind kind;

    private Integer permits;

    @JdbcTypeCode(SqlTypes.JSON)
    private String variables;

    @Column(name = "archived_at")
    private Instant archivedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private int version;

    /** For Hibernate. */
    protected Lock() {}

    Lock(long id, LockDraft draft, Instant now) {
        this.id = id;
        this.namespace = draft.namespace();
        this.name = draft.name();
        this.kind = LockKind.valueOf(draft.kind());
        this.createdAt = now;
    }

    public long id() {
        return id;
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    /** Whom to ask about it; may be empty. */
    public String owner() {
        return owner;
    }

    public LockKind kind() {
        return kind;
    }

    /** Of a semaphore; null for every other. */
    public Integer permits() {
        return permits;
    }

    public boolean archived() {
        return archivedAt != null;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public int version() {
        return version;
    }

    /** As {@code namespace/name}, the way people say it. */
    public String fullName() {
        return namespace + "/" + name;
    }

    /** Of a condition, as they are at first; null for every other. */
    public Variables variables() {
        return Variables.ofColumn(variables);
    }

    /** How many units there are to be had; null of a condition. */
    public Integer capacity() {
        return kind.capacity(permits);
    }

    /** This lock as a draft, to be changed and given back. */
    public LockDraft draft() {
        return new LockDraft(namespace, name, description, owner, kind.name(), permits, variables());
    }

    void become(LockDraft draft, Instant now) {
        description = draft.description();
        owner = draft.owner();
        permits = draft.permits();
        variables = draft.variables() == null ? null : draft.variables().toJson();
        updatedAt = now;
    }

    void archive(Instant now) {
        archivedAt = now;
        updatedAt = now;
    }
}
