package io.yardmaster.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What to run, under a name. Its version counts its changes and is what an editor's work is checked against. */
@Entity
@Table(name = "job")
public class Job {
    @Id
    private long id;

    private String namespace;
    private String name;
    private String description;

    @Column(name = "queue_id")
    private long queueId;

    @JdbcTypeCode(SqlTypes.JSON)
    private JobDefinition definition;

    @Column(name = "need_id")
    private long needId;

    @Column(name = "disabled_at")
    private Instant disabledAt;

    @Column(name = "archived_at")
    private Instant archivedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private int version = 1;

    /** For Hibernate. */
    protected Job() {}

    Job(long id, String namespace, String name, Instant now) {
        this.id = id;
        this.namespace = namespace;
        this.name = name;
        this.createdAt = now;
        this.updatedAt = now;
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

    public long queueId() {
        return queueId;
    }

    public JobDefinition definition() {
        return definition;
    }

    public boolean enabled() {
        return disabledAt == null;
    }

    public Instant disabledAt() {
        return disabledAt;
    }

    public boolean archived() {
        return archivedAt != null;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    /** Counted from 1; the number of its newest {@link JobVersion}. */
    public int version() {
        return version;
    }

    /** As {@code namespace/name}, the way people say it. */
    public String fullName() {
        return namespace + "/" + name;
    }

    /** This job as a draft, to be changed and given back. */
    public JobDraft draft() {
        return new JobDraft(namespace, name, description, queueId, enabled(), definition);
    }

    /** Of what its runs need of their nodes, as {@link Needs} keeps it. */
    long needId() {
        return needId;
    }

    void become(JobDraft draft, long need, Instant now) {
        needId = need;
        description = draft.description();
        queueId = draft.queueId();
        definition = draft.definition();
        disabledAt = draft.enabled() ? null : disabledAt == null ? now : disabledAt;
        updatedAt = now;
    }

    void archive(Instant now) {
        archivedAt = now;
        updatedAt = now;
    }
}
