package io.yardmaster.queue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Set;

/** Where runs wait for a node: in what order, how many at a time, and whether any are given out now. */
@Entity
@Table(name = "queue")
public class Queue {
    @Id
    private long id;

    private String namespace;
    private String name;
    private String description;
    private String policy;
    private String balancer;
    private String shadow;
    private Integer slowdown;

    @Column(name = "ageing_seconds")
    private Long ageing;

    @Column(name = "quantum_seconds")
    private Integer quantum;

    @Column(name = "standard_deadline_seconds")
    private Long standardDeadline;

    @Column(name = "fair_by")
    private String fairBy;

    @Column(name = "max_running")
    private Integer maxRunning;

    @Column(name = "max_waiting")
    private Integer maxWaiting;

    private int weight;

    @Column(name = "paused_at")
    private Instant pausedAt;

    @Column(name = "archived_at")
    private Instant archivedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private int version;

    /** For Hibernate. */
    protected Queue() {}

    Queue(long id, String namespace, String name, Instant now) {
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

    /** In what order its runs are served. */
    public QueueOrder order() {
        boolean strict = policy.equals(OrderPolicy.PRIORITY.name()) && ageing == null;
        return new QueueOrder(policy, slowdown, ageing, strict, standardDeadline, fairBy, quantum);
    }

    public String balancer() {
        return balancer;
    }

    /** Null if no other balancer is tried beside. */
    public String shadow() {
        return shadow;
    }

    /** Null for as many as there are slots. */
    public Integer maxRunning() {
        return maxRunning;
    }

    /** Null for any number. */
    public Integer maxWaiting() {
        return maxWaiting;
    }

    public int weight() {
        return weight;
    }

    /**
     * Whether who operates in {@code namespaces}, {@code *} among them for all, may bring in runs of other namespaces: into the
     * default queue everybody may.
     */
    public boolean isOpenTo(Set<String> namespaces) {
        return fullName().equals(Queues.DEFAULT + "/" + Queues.DEFAULT)
                || namespaces.contains(namespace)
                || namespaces.contains("*");
    }

    public QueueLimits limits() {
        return new QueueLimits(maxRunning, maxWaiting, weight);
    }

    public boolean paused() {
        return pausedAt != null;
    }

    /** Null unless paused. */
    public Instant pausedAt() {
        return pausedAt;
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

    /** This queue as a draft, to be changed and given back. */
    public QueueDraft draft() {
        return new QueueDraft(namespace, name, description, order(), balancer, shadow, limits());
    }

    void become(QueueDraft draft, Instant now) {
        description = draft.description();
        policy = draft.order().policy();
        slowdown = draft.order().slowdown();
        ageing = draft.order().ageing();
        standardDeadline = draft.order().standardDeadline();
        quantum = draft.order().quantum();
        fairBy = draft.order().fairBy();
        balancer = draft.balancer();
        shadow = draft.shadow();
        limit(draft.limits(), now);
    }

    void limit(QueueLimits limits, Instant now) {
        maxRunning = limits.maxRunning();
        maxWaiting = limits.maxWaiting();
        weight = limits.weight();
        updatedAt = now;
    }

    void pause(boolean paused, Instant now) {
        pausedAt = paused ? now : null;
        updatedAt = now;
    }

    void archive(Instant now) {
        archivedAt = now;
        updatedAt = now;
    }
}
