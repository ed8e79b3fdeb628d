package io.yardmaster.trigger;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what {@link LedgerCheck} finds; {@link Unaccounted} reads it. */
final class Findings {
    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);
    private static final Actor BY = Actor.system("ledger");

    private static final String FORGET = """
            DELETE FROM unaccounted WHERE schedule_id > :after AND schedule_id <= :through
                AND schedule_id <> ALL (:missing)
            """;

    private static final String FOUND = """
            INSERT INTO unaccounted AS u (schedule_id, from_at, through_at, instants)
            VALUES (:schedule, :from, :through, :instants)
            ON CONFLICT (schedule_id) DO UPDATE SET instants = EXCLUDED.instants, from_at = EXCLUDED.from_at,
                through_at = EXCLUDED.through_at
            RETURNING xmax = 0
            """;

    private static final String NAME = """
            SELECT j.namespace, j.name || '/' || s.name AS name FROM schedule s JOIN job j ON j.id = s.job_id
            WHERE s.id = :schedule
            """;

    private Findings() {}

    /** Of schedules with ids in (after, through] only those of {@code missing} stay. */
    static void forgetOthers(Transaction transaction, long after, long through, List<Accountable> missing) {
        transaction
                .sql()
                .createUpdate(FORGET)
                .bind("after", after)
                .bind("through", through)
                .bindArray(
                        "missing",
                        Long.class,
                        missing.stream().map(Accountable::schedule).toList())
                .execute();
    }

    /** A finding is told when it is made, not each minute anew. */
    static void keep(Transaction transaction, long schedule, LedgerEntry found) {
        boolean isNew = transaction
                .sql()
                .createQuery(FOUND)
                .bind("schedule", schedule)
                .bindMethods(found)
                .mapTo(Boolean.class)
                .one();
        if (isNew) {
            tell(transaction, subject(transaction, schedule), found);
        }
    }

    private static void tell(Transaction transaction, Subject subject, LedgerEntry found) {
        Map<String, Object> detail = Map.of(
                "instants", found.instants(),
                "from", found.from().toString(),
                "through", found.through().toString());
        Audit.record(transaction, new AuditEntry(BY, "schedule.unaccounted", subject, detail));
        transaction.afterCommit(() -> LOG.error(
                "ledger: {} instants of schedule {}/{} from {} to {} have neither run nor reason",
                found.instants(),
                subject.namespace(),
                subject.name(),
                found.from(),
                found.through()));
    }

    private static Subject subject(Transaction transaction, long schedule) {
        return transaction
                .sql()
                .createQuery(NAME)
                .bind("schedule", schedule)
                .map((row, context) -> new Subject("schedule", row.getString("namespace"), row.getString("name")))
                .one();
    }
}
