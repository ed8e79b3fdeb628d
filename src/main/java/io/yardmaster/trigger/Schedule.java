package io.yardmaster.trigger;

import io.yardmaster.timetable.Timetable;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.type.SqlTypes;

/** A job bound to a timetable, with parameters of its own and a switch. */
@Entity
@Table(name = "schedule")
public class Schedule {
    @Id
    private long id;

    @Column(name = "job_id")
    private long jobId;

    @ManyToOne
    @JoinColumn(name = "timetable_id")
    private SharedTimetable timetable;

    private String name;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> parameters;

    /** Moves when the job is switched too, which is no reason to refuse somebody's edit. */
    @OptimisticLock(excluded = true)
    @Column(name = "effective_from")
    private Instant effectiveFrom;

    @Embedded
    private StoredTerms terms;

    @Column(name = "paused_from", insertable = false, updatable = false)
    private Instant pausedFrom;

    @Column(name = "disabled_at")
    private Instant disabledAt;

    @Column(name = "archived_at")
    private Instant archivedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private int version;

    /** For Hibernate. */
    protected Schedule() {}

    Schedule(long id, long jobId, Instant now) {
        this.id = id;
        this.jobId = jobId;
        this.createdAt = now;
    }

    public long id() {
        return id;
    }

    public long jobId() {
        return jobId;
    }

    public Timetable timetable() {
        return timetable.value();
    }

    public String name() {
        return name;
    }

    /** Instead of, or beside, the job's own. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** Validity, jitter and catch-up. */
    public Terms terms() {
        return terms.value();
    }

    /** Instants at or before this are never fired. */
    public Instant effectiveFrom() {
        return effectiveFrom;
    }

    /** From when on its instants wait for the end of a pause; null if it is not paused. */
    public Instant pausedFrom() {
        return pausedFrom;
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

    /** What an editor's work is checked against. */
    public int version() {
        return version;
    }

    /** This schedule as a draft, to be changed and given back. */
    public ScheduleDraft draft() {
        return new ScheduleDraft(name, timetable(), parameters, enabled(), terms());
    }

    long timetableId() {
        return timetable.id();
    }

    /** Whether it fires while its job is on. */
    boolean on() {
        return enabled() && !archived();
    }

    void become(ScheduleDraft draft, SharedTimetable shared, Instant now) {
        name = draft.name();
        timetable = shared;
        parameters = new TreeMap<>(draft.parameters());
        terms = new StoredTerms(draft.terms());
        disabledAt = draft.enabled() ? null : disabledAt == null ? now : disabledAt;
        effectiveFrom = now;
        updatedAt = now;
    }

    void startFrom(Instant now) {
        effectiveFrom = now;
    }

    void archive(Instant now) {
        archivedAt = now;
        updatedAt = now;
    }
}
