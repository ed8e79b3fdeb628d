package io.yardmaster.trigger;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.RunQueue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Pauses and resumes one schedule, one job's schedules, a namespace's or all. Who pauses at 10:00:03 has had 10:00:00; what
 * comes meanwhile is kept count of, and given back or let go at resume.
 */
public final class Pauses {
    private static final int LONGEST_REASON = 500;

    private static final String TIMETABLES =
            "SELECT DISTINCT s.timetable_id FROM schedule s JOIN job j ON j.id = s.job_id WHERE " + PauseSql.OF_SCOPE;

    /** Index {@code pause_by_subject}. */
    private static final String PAUSE = """
            INSERT INTO pause (scope, subject, paused_at, paused_by, reason)
            VALUES (:scope, :subject, :now, :by, :reason) ON CONFLICT DO NOTHING
            """;

    /**
     * One by one, and not while a schedule is made or moved to another timetable: who sees a pause that is only just there, or
     * one that is only just gone, would leave a schedule paused for ever, or firing in spite of it.
     */
    private static final String ALONE = "LOCK TABLE pause IN SHARE ROW EXCLUSIVE MODE";

    /**
     * One that has been resumed and has not yet gone on waits again, with all that it missed. So does one that could not be
     * settled.
     */
    private static final String HOLD = """
            UPDATE schedule s SET resume_with = NULL, paused_from = coalesce(s.paused_from,
                (SELECT greatest(m.fired_through, s.effective_from) FROM timetable_mark m
                 WHERE m.timetable_id = s.timetable_id AND m.timetable_id = ANY (:unread)), :now)
            FROM job j WHERE j.id = s.job_id AND (s.paused_from IS NULL OR s.resume_with IS NOT NULL) AND\s""" + PauseSql.OF_SCOPE;

    private static final String UNPAUSE = "DELETE FROM pause WHERE scope = :scope AND subject = :subject";

    /** What another pause still takes in stays paused. */
    private static final String RELEASE = """
            UPDATE schedule s SET resume_with = :choice FROM job j
            WHERE j.id = s.job_id AND s.paused_from IS NOT NULL
                AND NOT EXISTS (SELECT FROM pause p WHERE %s)
                AND\s""".formatted(PauseSql.HOLDS) + PauseSql.OF_SCOPE;

    private static final int TIMETABLES_AT_ONCE = 200;

    private final KnownTimetables known = new KnownTimetables();
    private final Fires fires;
    private final int atOnce;

    public Pauses(RunQueue queue) {
        this(queue, TIMETABLES_AT_ONCE);
    }

    /** @param atOnce timetables that are settled by one transaction before a pause */
    Pauses(RunQueue queue, int atOnce) {
        this.fires = new Fires(queue, new Marks(), known);
        this.atOnce = atOnce;
    }

    /** What came since {@code scope} was paused and would be given back or let go if it were resumed now; bounded work. */
    public Missed missed(Transaction transaction, Pause.Scope scope) {
        return Missed.of(transaction, scope, known);
    }

    /**
     * Fires what is due of {@code scope}, in many short transactions. To be called before {@link #pause}, whose own is to hold
     * all timetables of the scope for a moment only, however many they are and however far behind.
     */
    public void prepare(Database database, Pause.Scope scope) {
        List<Long> all = database.inTransaction(transaction -> timetables(transaction, scope));
        for (int from = 0; from < all.size(); from += atOnce) {
            List<Long> some = all.subList(from, Math.min(from + atOnce, all.size()));
            boolean more;
            do {
                more = database.inTransaction(transaction -> fires.settleSome(transaction, some));
            } while (more);
        }
    }

    /**
     * @param reason may be null
     * @return schedules whose instants until now wait, too, as they cannot be told here
     * @throws Conflict if it is paused already
     */
    public List<Unsettled> pause(Transaction transaction, Pause.Scope scope, String reason, Actor by) {
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw new Invalid("reason", reason, "invalid.pause.reason", LONGEST_REASON);
        }
        transaction.sql().execute(ALONE);
        List<Long> timetables = timetables(transaction, scope);
        Settlement settled = fires.settle(transaction, timetables);
        int made = transaction
                .sql()
                .createUpdate(PAUSE)
                .bind("scope", scope.kind())
                .bind("subject", scope.subject())
                .bind("now", settled.now())
                .bind("by", by.name())
                .bind("reason", reason)
                .execute();
        if (made == 0) {
            throw new Conflict("conflict.pause.already");
        }
        transaction
                .sql()
                .createUpdate(HOLD)
                .bind("scope", scope.kind())
                .bind("subject", scope.subject())
                .bindArray("unread", Long.class, settled.unreadTimetables())
                .bind("now", settled.now())
                .execute();
        fires.resume(transaction, timetables, settled.now());
        List<Unsettled> unsettled = Unsettled.of(transaction, scope, settled);
        record(transaction, scope, "pause", by, detail(reason, unsettled));
        return unsettled;
    }

    private static Map<String, Object> detail(String reason, List<Unsettled> unsettled) {
        Map<String, Object> detail = new TreeMap<>();
        detail.put("reason", Objects.requireNonNullElse(reason, ""));
        if (!unsettled.isEmpty()) {
            detail.put("unsettled", unsettled.stream().map(Unsettled::name).toList());
        }
        return detail;
    }

    /**
     * Ends a pause. The schedules go on, each with what {@code choice} makes of what it missed, as soon as the servers come to
     * it; {@link Resumption} does that.
     *
     * @throws Conflict if it is not paused
     */
    public void resume(Transaction transaction, Pause.Scope scope, Pause.Choice choice, Actor by) {
        transaction.sql().execute(ALONE);
        int ended = transaction
                .sql()
                .createUpdate(UNPAUSE)
                .bind("scope", scope.kind())
                .bind("subject", scope.subject())
                .execute();
        if (ended == 0) {
            throw new Conflict("conflict.pause.none");
        }
        transaction
                .sql()
                .createUpdate(RELEASE)
                .bind("scope", scope.kind())
                .bind("subject", scope.subject())
                .bind("choice", choice)
                .execute();
        record(transaction, scope, "resume", by, Map.of("missed", choice.name()));
    }

    private static List<Long> timetables(Transaction transaction, Pause.Scope scope) {
        return transaction
                .sql()
                .createQuery(TIMETABLES)
                .bind("scope", scope.kind())
                .bind("subject", scope.subject())
                .mapTo(Long.class)
                .list();
    }

    private static void record(
            Transaction transaction, Pause.Scope scope, String action, Actor by, Map<String, Object> detail) {
        String kind = scope.kind().name().toLowerCase(java.util.Locale.ROOT);
        String namespace = scope.kind() == Pause.Kind.NAMESPACE ? scope.subject() : null;
        Subject subject = new Subject(kind, namespace, scope.subject().isEmpty() ? "schedules" : scope.subject());
        Audit.record(transaction, new AuditEntry(by, kind + "." + action, subject, detail));
    }
}
