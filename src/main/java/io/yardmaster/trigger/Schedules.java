package io.yardmaster.trigger;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.calendar.CalendarFollowers;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobListener;
import io.yardmaster.queue.RunQueue;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The schedules. Every change first fires what is due until that moment and then takes effect from it on, so that a
 * schedule switched off at 10:00:03 has had its 10:00:00, and one made at 10:00:05 has not.
 *
 * <p>As a {@link JobListener} it does the same when a job is switched or archived.
 */
public final class Schedules implements JobListener, CalendarFollowers {
    private final KnownTimetables known = new KnownTimetables();
    private final ScheduleTurn turn = new ScheduleTurn(known);
    private final Fires fires;
    private final BeforeChange beforeChange;

    public Schedules(RunQueue queue) {
        this.fires = new Fires(queue, new Marks(), known);
        this.beforeChange = new BeforeChange(queue, known);
    }

    /** The schedule with that id, archived or not. */
    public Optional<Schedule> find(Transaction transaction, long id) {
        return Optional.ofNullable(transaction.hibernate().find(Schedule.class, id));
    }

    /** The schedules of a job by name, without the archived ones. */
    public List<Schedule> ofJob(Transaction transaction, long job) {
        return ScheduleRows.ofJob(transaction, job);
    }

    /** At most {@code limit} schedules of all jobs by rising id, without the archived ones, from {@code after} on; 0 begins. */
    public List<Schedule> page(Transaction transaction, long after, int limit) {
        return ScheduleRows.page(transaction, after, limit);
    }

    /**
     * @throws Invalid naming every field that is wrong
     * @throws Missing if there is no such job
     * @throws Conflict if the job has a schedule of that name
     */
    public Schedule create(Transaction transaction, long job, ScheduleDraft draft, Actor by) {
        ScheduleRules.check(transaction, draft, CalendarUse.hold(transaction, draft.timetable(), job), known);
        boolean jobOn = ScheduleRows.hold(transaction, job);
        PausedInstants.hold(transaction);
        long id = transaction.nextId();
        long timetable = Timetables.findOrMake(transaction, draft.timetable(), id);
        Instant now = fires.settle(transaction, List.of(timetable)).now();
        Settled.part(transaction, timetable);
        Schedule schedule = new Schedule(id, job, now);
        schedule.become(draft, ScheduleRows.shared(transaction, timetable), now);
        transaction.hibernate().persist(schedule);
        ScheduleRows.flush(transaction, schedule);
        PausedInstants.inherit(transaction, id, now);
        finish(transaction, schedule, List.of(timetable), jobOn, now);
        record(transaction, schedule, "schedule.create", by);
        return schedule;
    }

    /**
     * @param version which version {@code draft} was made from
     * @throws Invalid naming every field that is wrong
     * @throws Conflict if somebody has changed the schedule since
     */
    public Schedule update(Transaction transaction, long id, int version, ScheduleDraft draft, Actor by) {
        Schedule schedule = ScheduleRows.get(transaction, id);
        DatedTimetable next = CalendarUse.hold(transaction, draft.timetable(), schedule.jobId());
        boolean unused = !draft.enabled() && draft.timetable().equals(schedule.timetable());
        ScheduleRules.check(transaction, draft, unused ? null : next, known);
        ScheduleRows.insist(schedule, version);
        if (draft.equals(schedule.draft())) {
            return schedule;
        }
        boolean jobOn = ScheduleRows.hold(transaction, schedule.jobId());
        PausedInstants.hold(transaction);
        long timetable = Timetables.findOrMake(transaction, draft.timetable(), id);
        Collection<Long> touched = new TreeSet<>(List.of(schedule.timetableId(), timetable));
        Instant now = settle(transaction, schedule, touched, jobOn);
        if (timetable != schedule.timetableId()) {
            Settled.part(transaction, timetable);
            turn.record(transaction, id, next, now);
        }
        schedule.become(draft, ScheduleRows.shared(transaction, timetable), now);
        finish(transaction, schedule, touched, jobOn, now);
        record(transaction, schedule, "schedule.update", by);
        return schedule;
    }

    /** Switches the schedule on or off, whatever its version. */
    public Schedule enable(Transaction transaction, long id, boolean enabled, Actor by) {
        Schedule schedule = ScheduleRows.get(transaction, id);
        return update(transaction, id, schedule.version(), schedule.draft().enabled(enabled), by);
    }

    /** @throws Conflict if somebody has changed the schedule since {@code version} */
    public void archive(Transaction transaction, long id, int version, Actor by) {
        Schedule schedule = ScheduleRows.get(transaction, id);
        ScheduleRows.insist(schedule, version);
        boolean jobOn = ScheduleRows.hold(transaction, schedule.jobId());
        archive(transaction, schedule, jobOn, by);
    }

    @Override
    public void switching(Transaction transaction, Job job, boolean enabled) {
        PausedInstants.hold(transaction);
        List<Schedule> on =
                ofJob(transaction, job.id()).stream().filter(Schedule::on).toList();
        if (on.isEmpty()) {
            return;
        }
        List<Long> timetables =
                on.stream().map(Schedule::timetableId).distinct().toList();
        Settlement settled = fires.settle(transaction, timetables);
        Instant now = settled.now();
        for (Schedule schedule : on) {
            beforeChange.of(transaction, schedule, !enabled, settled);
            schedule.startFrom(now);
            Stretches.turn(transaction, schedule, enabled, now);
        }
    }

    @Override
    public void archived(Transaction transaction, Job job, Actor by) {
        ofJob(transaction, job.id()).forEach(schedule -> archive(transaction, schedule, job.enabled(), by));
    }

    @Override
    public void change(Transaction transaction, long calendar, Runnable change) {
        PausedInstants.hold(transaction);
        List<Long> timetables = CalendarUse.timetables(transaction, calendar);
        Settlement settled = fires.settle(transaction, timetables);
        Instant now = settled.now();
        beforeChange.ofCalendar(transaction, calendar, timetables, now);
        CalendarTurn calendarTurn = CalendarTurn.before(transaction, calendar, known);
        change.run();
        Stretches.turn(transaction, timetables, settled);
        calendarTurn.record(transaction, now);
        fires.resume(transaction, timetables, now);
    }

    @Override
    public List<String> of(Transaction transaction, long calendar, boolean elsewhere, int limit) {
        return CalendarUse.users(transaction, calendar, elsewhere, limit);
    }

    private void archive(Transaction transaction, Schedule schedule, boolean jobOn, Actor by) {
        PausedInstants.hold(transaction);
        List<Long> touched = List.of(schedule.timetableId());
        Instant now = settle(transaction, schedule, touched, jobOn);
        schedule.archive(now);
        finish(transaction, schedule, touched, jobOn, now);
        record(transaction, schedule, "schedule.archive", by);
    }

    private void finish(
            Transaction transaction, Schedule schedule, Collection<Long> timetables, boolean jobOn, Instant now) {
        ScheduleRows.flush(transaction, schedule);
        Stretches.turn(transaction, schedule, jobOn && schedule.on(), now);
        fires.resume(transaction, timetables, now);
        Delays.chain(transaction, schedule.id());
    }

    private Instant settle(Transaction transaction, Schedule schedule, Collection<Long> timetables, boolean jobOn) {
        Settlement settled = fires.settle(transaction, timetables);
        beforeChange.of(transaction, schedule, jobOn, settled);
        return settled.now();
    }

    private static void record(Transaction transaction, Schedule schedule, String action, Actor by) {
        Map<String, Object> detail = Map.of(
                "job", Long.toString(schedule.jobId()),
                "cron", schedule.timetable().expression(),
                "zone", schedule.timetable().zone(),
                "enabled", schedule.enabled());
        Audit.record(transaction, new AuditEntry(by, action, new Subject("schedule", null, schedule.name()), detail));
    }
}
