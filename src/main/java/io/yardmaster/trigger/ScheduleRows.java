package io.yardmaster.trigger;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import jakarta.persistence.OptimisticLockException;
import java.util.List;
import org.hibernate.StaleObjectStateException;
import org.hibernate.exception.ConstraintViolationException;

/** Schedules as they are stored, and what refuses a change of them. */
final class ScheduleRows {
    /** So that no job is switched while a schedule is made for it, nor the other way round. */
    private static final String HOLD_JOB = """
            SELECT disabled_at IS NULL FROM job WHERE id = :job AND archived_at IS NULL FOR SHARE
            """;

    private ScheduleRows() {}

    static List<Schedule> ofJob(Transaction transaction, long job) {
        return transaction
                .hibernate()
                .createSelectionQuery(
                        "FROM Schedule s JOIN FETCH s.timetable WHERE s.jobId = :job AND s.archivedAt IS NULL"
                                + " ORDER BY s.name",
                        Schedule.class)
                .setParameter("job", job)
                .list();
    }

    static List<Schedule> page(Transaction transaction, long after, int limit) {
        return transaction
                .hibernate()
                .createSelectionQuery(
                        "FROM Schedule s JOIN FETCH s.timetable WHERE s.id > :after AND s.archivedAt IS NULL"
                                + " ORDER BY s.id",
                        Schedule.class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .list();
    }

    static Schedule get(Transaction transaction, long id) {
        Schedule schedule = transaction.hibernate().find(Schedule.class, id);
        if (schedule == null || schedule.archived()) {
            throw new Missing("schedule " + id);
        }
        return schedule;
    }

    /**
     * Holds the job as it is until the transaction ends.
     *
     * @return whether it is on
     */
    static boolean hold(Transaction transaction, long job) {
        return transaction
                .sql()
                .createQuery(HOLD_JOB)
                .bind("job", job)
                .mapTo(Boolean.class)
                .findOne()
                .orElseThrow(() -> new Missing("job " + job));
    }

    static SharedTimetable shared(Transaction transaction, long timetable) {
        return transaction.hibernate().find(SharedTimetable.class, timetable);
    }

    /** @throws Conflict if {@code schedule} is of another version */
    static void insist(Schedule schedule, int version) {
        if (schedule.version() != version) {
            throw changed(schedule, version);
        }
    }

    /** Writes what was changed. */
    static void flush(Transaction transaction, Schedule schedule) {
        int version = schedule.version();
        try {
            transaction.hibernate().flush();
        } catch (StaleObjectStateException | OptimisticLockException stale) {
            throw changed(schedule, version);
        } catch (ConstraintViolationException failure) {
            if ("schedule_by_name".equals(failure.getConstraintName())) {
                throw new Conflict("conflict.schedule.taken", schedule.name());
            }
            throw failure;
        }
    }

    private static Conflict changed(Schedule schedule, int version) {
        return new Conflict("conflict.schedule.changed", schedule.name(), version);
    }
}
