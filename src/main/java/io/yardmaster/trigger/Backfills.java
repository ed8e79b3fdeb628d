package io.yardmaster.trigger;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.timetable.Occurrence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes backfills, pauses, resumes and cancels them. {@link Backfilling} does their work. */
public final class Backfills {
    private final KnownTimetables known = new KnownTimetables();
    private final Cancellation cancellation = new Cancellation();
    private final Fires fires;
    private final Runnable signal;

    /** @param signal lets this server's {@link Backfilling} take a turn now */
    public Backfills(RunQueue queue, Runnable signal) {
        this.fires = new Fires(queue, new Marks(), known);
        this.signal = signal;
    }

    /**
     * What {@code draft} would do; nothing is stored.
     *
     * @throws Invalid naming every field that is wrong
     */
    public BackfillPlan plan(Transaction transaction, BackfillDraft draft) {
        BackfillRules.check(draft, transaction.now());
        DatedTimetable when = when(transaction, draft);
        BackfillInstants instants = BackfillInstants.of(known.of(transaction, when), draft.from(), draft.until());
        List<Instant> nominals =
                instants.wanted().stream().map(Occurrence::nominal).sorted().toList();
        Map<Instant, PastRuns.PastRun> past = PastRuns.find(
                transaction, draft.job(), draft.scheduleId(), nominals.get(0), nominals.get(nominals.size() - 1));
        return BackfillPlan.of(
                instants, past, when.calendarName(), draft.terms().again());
    }

    /**
     * Makes a backfill, whose first runs are born as soon as a server comes to it.
     *
     * @return its id
     * @throws Invalid naming every field that is wrong
     * @throws Missing if there is no such job, or it is archived
     * @throws Conflict if another one of the same job and schedule has time in common and is under way
     */
    public long create(Transaction transaction, BackfillDraft draft, Actor by) {
        BackfillInserts.holdJob(transaction, draft.job());
        // what is due by now is the schedules', and has its run before the plan is made
        fires.settle(transaction, timetables(transaction, draft));
        BackfillPlan plan = plan(transaction, draft);
        if (plan.toRun() == 0) {
            throw new Invalid("rerun", false, "invalid.backfill.all-ran", plan.instants());
        }
        BackfillInserts.findRival(transaction, draft).ifPresent(rival -> {
            throw new Conflict("conflict.backfill.rival", Long.toString(rival));
        });
        long id = BackfillInserts.insert(transaction, draft, plan, by);
        BackfillInserts.insertInstants(transaction, id, plan, draft.terms().newestFirst());
        transaction.afterCommit(signal);
        hold(transaction, id).record(transaction, "backfill.create", BackfillInserts.detail(draft, plan), by);
        return id;
    }

    /** Lets no new runs start. @throws Conflict if it does not run */
    public void pause(Transaction transaction, long id, Actor by) {
        HeldBackfill held = hold(transaction, id);
        held.insist(BackfillState.PAUSED, "conflict.backfill.pause");
        BackfillRows.become(transaction, id, BackfillState.PAUSED);
        held.record(transaction, "backfill.pause", Map.of(), by);
    }

    /**
     * Goes on after a pause or a failure.
     *
     * @param failures what becomes of instants whose runs failed
     * @throws Conflict if it is neither paused nor stopped, or its job is archived
     */
    public void resume(Transaction transaction, long id, BackfillFailures failures, Actor by) {
        HeldBackfill held = hold(transaction, id);
        held.insist(BackfillState.RUNNING, "conflict.backfill.resume");
        if (held.archived()) {
            throw new Conflict("conflict.backfill.archived");
        }
        if (failures.again()) {
            BackfillRows.forgetFailures(transaction, id);
        }
        BackfillRows.goOn(transaction, id, failures.seen());
        transaction.afterCommit(signal);
        held.record(transaction, "backfill.resume", Map.of("failedAgain", failures.again()), by);
    }

    /**
     * Ends it: what waits is cancelled, nothing more is started.
     *
     * @param runningToo whether runs that are executing are told to end, too; else they end by themselves
     * @throws Conflict if it has ended
     */
    public void cancel(Transaction transaction, long id, boolean runningToo, Actor by) {
        HeldBackfill held = hold(transaction, id);
        held.insist(BackfillState.CANCELLING, "conflict.backfill.cancel");
        BackfillRows.cancelling(transaction, id, by.name());
        List<Long> runs = BackfillRows.started(transaction, id);
        if (runningToo) {
            runs.forEach(run -> cancellation.request(transaction, run, by.name()));
        } else {
            cancellation.requestOfWaiting(transaction, runs, by.name());
        }
        BackfillEnds.mark(transaction, runs);
        BackfillRows.endIfCancelled(transaction, id);
        held.record(transaction, "backfill.cancel", Map.of("runningToo", runningToo), by);
    }

    /** Those by which it could run what is about to be fired. */
    private static Set<Long> timetables(Transaction transaction, BackfillDraft draft) {
        return draft.schedule() != null
                ? Set.of(draft.schedule().timetableId())
                : ScheduleRows.ofJob(transaction, draft.job()).stream()
                        .filter(Schedule::on)
                        .map(Schedule::timetableId)
                        .collect(Collectors.toSet());
    }

    /** By the calendar as it is now. */
    private static DatedTimetable when(Transaction transaction, BackfillDraft draft) {
        return draft.schedule() == null
                ? CalendarUse.hold(transaction, draft.timetable(), draft.job())
                : CalendarUse.current(transaction, draft.timetable());
    }

    private static HeldBackfill hold(Transaction transaction, long id) {
        return HeldBackfill.hold(transaction, id).orElseThrow(() -> new Missing("backfill " + id));
    }
}
