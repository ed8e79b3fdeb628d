package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Timetable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alarms in Quartz's tables: a trigger for each timetable that is due some time. */
final class Alarms {
    static final String GROUP = "timetable";
    static final int AT_ONCE = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    /**
     * Indexes {@code timetable_mark_pkey}, {@code schedule_to_fire} and Quartz's of groups. The difference of two sets, since
     * the planner joins rows one by one where many timetables came at once and nothing was analysed since. An alarm is lost if
     * no schedule became what it is within the last minute: for those, it is only not set yet. What only the database knows,
     * the end of a run or a calendar, has none: it is left to the {@link Reconciler}.
     */
    private static final String LACKING = """
            WITH lacking AS MATERIALIZED (
                SELECT CAST(m.timetable_id AS text) AS name
                FROM timetable_mark m JOIN timetable t ON t.id = m.timetable_id
                WHERE m.next_due IS NOT NULL AND t.kind <> 'DELAY' AND t.calendar_id IS NULL
                EXCEPT
                SELECT trigger_name FROM quartz.qrtz_triggers WHERE sched_name = :name AND trigger_group = :group
                LIMIT :limit)
            SELECT t.id, t.kind, t.expression, t.zone, t.gap, t.overlap, t.calendar_id, t.calendar_rule, NOT EXISTS (
                SELECT FROM schedule s
                WHERE s.timetable_id = t.id AND s.disabled_at IS NULL AND s.archived_at IS NULL
                    AND s.effective_from > clock_timestamp() - interval '1 minute') AS lost
            FROM timetable t WHERE t.id IN (SELECT CAST(name AS bigint) FROM lacking)
            """;

    private static final String NEEDLESS = """
            WITH needless AS MATERIALIZED (
                SELECT trigger_name FROM quartz.qrtz_triggers WHERE sched_name = :name AND trigger_group = :group
                EXCEPT
                SELECT CAST(timetable_id AS text) FROM timetable_mark WHERE next_due IS NOT NULL
                LIMIT :limit)
            SELECT trigger_name, NOT (trigger_name ~ '^[1-9][0-9]{0,17}$' AND EXISTS (
                SELECT FROM timetable t WHERE t.id = CASE WHEN trigger_name ~ '^[1-9][0-9]{0,17}$'
                    THEN CAST(trigger_name AS bigint) END)) AS stray
            FROM needless
            """;

    private static final String IS_SET = """
            SELECT EXISTS (SELECT FROM quartz.qrtz_triggers
                WHERE sched_name = :name AND trigger_name = :alarm AND trigger_group = :group)
            """;

    /**
     * What a timetable's alarm is made of.
     *
     * @param lost whether it should have been there
     */
    record Alarm(long id, Timetable timetable, boolean lost) {}

    /** @param stray whether there is no such timetable */
    record Needless(String name, boolean stray) {}

    private final Scheduler scheduler;

    Alarms(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Timetables that are due some time and have no alarm, at most {@link #AT_ONCE}. */
    List<Alarm> lacking(Transaction transaction) {
        return bound(transaction.sql().createQuery(LACKING)).map(Alarms::alarm).list();
    }

    /** Whether there is one of this name. */
    boolean isSet(Transaction transaction, String name) {
        return transaction
                .sql()
                .createQuery(IS_SET)
                .bind("name", QuartzScheduler.NAME)
                .bind("group", GROUP)
                .bind("alarm", name)
                .mapTo(Boolean.class)
                .one();
    }

    /** Alarms of timetables that are never due, at most {@link #AT_ONCE}. */
    List<Needless> needless(Transaction transaction) {
        return bound(transaction.sql().createQuery(NEEDLESS))
                .map((row, context) -> new Needless(row.getString("trigger_name"), row.getBoolean("stray")))
                .list();
    }

    /**
     * Sets them, in place of what there is of theirs.
     *
     * @return how many; those without an instant to come have no alarm
     */
    int set(Collection<Alarm> alarms) throws SchedulerException {
        JobDetail wake = JobBuilder.newJob(Wake.class)
                .withIdentity("wake", "yardmaster")
                .storeDurably()
                .build();
        Set<Trigger> triggers = new HashSet<>();
        for (Alarm alarm : alarms) {
            if (rings(alarm)) {
                triggers.add(TriggerBuilder.newTrigger()
                        .withIdentity(Long.toString(alarm.id()), GROUP)
                        .forJob(wake)
                        .withSchedule(TimetableTrigger.builder(alarm.timetable()))
                        .build());
            }
        }
        if (!triggers.isEmpty()) {
            scheduler.scheduleJobs(Map.of(wake, triggers), true);
        }
        return triggers.size();
    }

    /** @return whether there was such an alarm; of all servers that try, one is told so */
    boolean remove(String name) throws SchedulerException {
        return scheduler.unscheduleJob(new TriggerKey(name, GROUP));
    }

    /** Quartz refuses a whole batch for one trigger that never fires. */
    private static boolean rings(Alarm alarm) {
        try {
            return !alarm.timetable().occurrences().after(Instant.now()).isEmpty();
        } catch (RuntimeException unreadable) {
            LOG.warn("timetable {} cannot be read and has no alarm", alarm.id(), unreadable);
            return false;
        }
    }

    private static Query bound(Query query) {
        return query.bind("name", QuartzScheduler.NAME).bind("group", GROUP).bind("limit", AT_ONCE);
    }

    static Alarm alarm(ResultSet row, StatementContext context) throws SQLException {
        return new Alarm(row.getLong("id"), Timetables.timetable(row), row.getBoolean("lost"));
    }
}
