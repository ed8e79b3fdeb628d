package io.yardmaster.trigger;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Timetable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs one alarm at a time. Of all servers that see what is wrong, one does it and says so in the audit: it holds the
 * timetable's row meanwhile, and has looked again under that lock.
 */
final class Repairs {
    private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);

    /** Primary key. Nobody else locks these rows, so firing waits for nothing. */
    private static final String HOLD = """
            SELECT id, kind, expression, zone, gap, overlap, calendar_id, calendar_rule, true AS lost FROM timetable
            WHERE id = :id FOR NO KEY UPDATE SKIP LOCKED
            """;

    private static final String LOCK_TRIGGERS = """
            SELECT lock_name FROM quartz.qrtz_locks WHERE sched_name = :name AND lock_name = 'TRIGGER_ACCESS' FOR UPDATE
            """;

    /** What dead servers left of this alarm, or this entry of theirs: Quartz offers no way to remove it. */
    private static final String FORGET = """
            DELETE FROM quartz.qrtz_fired_triggers
            WHERE sched_name = :name AND trigger_name = :alarm AND instance_name <> ALL (:living)
                AND (CAST(:holder AS text) IS NULL OR entry_id = :holder)
            """;

    private final Database database;
    private final Alarms alarms;
    private final Suspects suspects;
    private final RepairCounts counts;

    Repairs(Database database, Alarms alarms, Suspects suspects, RepairCounts counts) {
        this.database = database;
        this.alarms = alarms;
        this.suspects = suspects;
        this.counts = counts;
    }

    /** Sets an alarm anew that is wedged, or removes what a dead server left; nothing if it is no longer so. */
    void repair(Suspect suspect, List<String> living) {
        database.useTransaction(transaction -> {
            Optional<Alarms.Alarm> held = hold(transaction, suspect.alarm());
            boolean done = suspect.wedge() == Wedge.LEFT
                    ? forget(transaction, suspect, living) > 0
                    : held.isPresent()
                            && suspects.isStill(transaction, living, suspect)
                            && reset(transaction, held.get(), suspect, living);
            if (done) {
                record(transaction, suspect, held.map(Alarms.Alarm::timetable));
            }
        });
    }

    /** Sets an alarm that is gone. @return whether it was, and is set */
    boolean restore(Alarms.Alarm alarm) {
        String name = Long.toString(alarm.id());
        return database.inTransaction(transaction -> {
            boolean restored = hold(transaction, name).isPresent() && !alarms.isSet(transaction, name) && set(alarm);
            if (restored) {
                record(transaction, new Suspect(Wedge.MISSING, name, null, null, null), Optional.of(alarm.timetable()));
            }
            return restored;
        });
    }

    /** Removes an alarm of no timetable. */
    void remove(String stray) {
        if (unset(stray)) {
            database.useTransaction(transaction ->
                    record(transaction, new Suspect(Wedge.STRAY, stray, null, null, null), Optional.empty()));
        }
    }

    private Optional<Alarms.Alarm> hold(Transaction transaction, String alarm) {
        if (!alarm.matches("[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        return transaction
                .sql()
                .createQuery(HOLD)
                .bind("id", Long.parseLong(alarm))
                .map(Alarms::alarm)
                .findOne();
    }

    /** Through Quartz's own interface, which replaces no row that is not there: hence first removed. */
    private boolean reset(Transaction transaction, Alarms.Alarm alarm, Suspect suspect, List<String> living) {
        unset(suspect.alarm());
        set(alarm);
        forget(transaction, suspect, living);
        return true;
    }

    private boolean set(Alarms.Alarm alarm) {
        try {
            return alarms.set(List.of(alarm)) > 0;
        } catch (SchedulerException failure) {
            throw new IllegalStateException("alarm " + alarm.id() + " cannot be set", failure);
        }
    }

    private boolean unset(String alarm) {
        try {
            return alarms.remove(alarm);
        } catch (SchedulerException failure) {
            throw new IllegalStateException("alarm " + alarm + " cannot be removed", failure);
        }
    }

    private static int forget(Transaction transaction, Suspect suspect, List<String> living) {
        transaction
                .sql()
                .createQuery(LOCK_TRIGGERS)
                .bind("name", QuartzScheduler.NAME)
                .mapTo(String.class)
                .list();
        return transaction
                .sql()
                .createUpdate(FORGET)
                .bind("name", QuartzScheduler.NAME)
                .bind("alarm", suspect.alarm())
                .bind("holder", suspect.holder())
                .bindArray("living", String.class, living.toArray())
                .execute();
    }

    private void record(Transaction transaction, Suspect suspect, Optional<Timetable> timetable) {
        String name =
                timetable.map(when -> when.expression() + " " + when.zone()).orElse(suspect.alarm());
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("timetable", suspect.alarm());
        detail.put("wedge", suspect.wedge().name());
        if (suspect.state() != null) {
            detail.put("state", suspect.state());
        }
        if (suspect.nextFire() != null) {
            detail.put("next", Instant.ofEpochMilli(suspect.nextFire()).toString());
        }
        Audit.record(
                transaction,
                new AuditEntry(Actor.system("watchdog"), "alarm.repair", new Subject("timetable", null, name), detail));
        transaction.afterCommit(() -> {
            counts.add(suspect.wedge());
            LOG.warn("the alarm of {} was wedged ({}) and is repaired", name, suspect.wedge());
        });
    }
}
