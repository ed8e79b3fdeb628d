package io.yardmaster.trigger;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.NominalFire;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Carries plans out: runs, ledger and marks, all or nothing. The caller holds the marks' locks. */
final class Fires {
    /** Runs that one statement makes well within its time-out, and soon enough: some 200 ms. */
    private static final int MOST_AT_ONCE = 10_000;

    private final RunQueue queue;
    private final Marks marks;
    private final KnownTimetables known;
    private final int mostAtOnce;
    private final Parts parts;
    private final CatchUps catchUps;

    Fires(RunQueue queue, Marks marks, KnownTimetables known) {
        this(queue, marks, known, MOST_AT_ONCE);
    }

    /** @param mostAtOnce schedules of one instant that get their runs by one statement */
    Fires(RunQueue queue, Marks marks, KnownTimetables known, int mostAtOnce) {
        this.queue = queue;
        this.marks = marks;
        this.known = known;
        this.mostAtOnce = mostAtOnce;
        this.parts = new Parts(mostAtOnce);
        this.catchUps = new CatchUps(queue);
    }

    /** What has to be done about {@code mark}. */
    Plan plan(Transaction transaction, Mark mark, Instant now, int mostRuns) {
        Occurrences occurrences = mark.schedules() == 0 ? Occurrences.NONE : occurrences(transaction, mark);
        return Plan.of(mark, occurrences, now, new Plan.Bounds(mostRuns, mostAtOnce));
    }

    /** Nobody waits for the instants of a timetable without schedules: it need not be read. */
    private boolean canPlan(Transaction transaction, Mark mark) {
        return mark.schedules() == 0 || known.canRead(transaction, mark.when());
    }

    private Occurrences occurrences(Transaction transaction, Mark mark) {
        return known.of(transaction, mark.when()).without(mark.settled());
    }

    /** What is too much for one statement is done in part, and stays due. @return how many runs were made */
    int carryOut(Transaction transaction, List<Plan> wanted, Instant now) {
        List<Plan> plans =
                wanted.stream().map(plan -> parts.cut(transaction, plan)).toList();
        int runs = fire(transaction, plans);
        for (Plan plan : plans) {
            if (plan.found().leavesOut()) {
                Occurrences occurrences = plan.own(occurrences(transaction, plan.mark()));
                runs += catchUps.carryOut(transaction, plan, occurrences, now);
            }
        }
        settleAlone(transaction, plans, now);
        marks.advance(transaction, plans);
        return runs;
    }

    /**
     * Fires all that is due of these timetables and holds them still until the transaction ends, so that a change of
     * them, their schedules or jobs can neither lose nor add an instant of before. One that cannot be read stays as it is.
     *
     * @throws Conflict if more is to be made up than one transaction should; the servers do it in parts
     */
    Settlement settle(Transaction transaction, Collection<Long> timetables) {
        List<Mark> held = marks.lock(transaction, timetables);
        Instant now = transaction.now();
        for (Mark mark : held) {
            now = mark.firedThrough().isAfter(now) ? mark.firedThrough() : now;
        }
        Map<Boolean, List<Mark>> readable =
                held.stream().collect(Collectors.partitioningBy(mark -> canPlan(transaction, mark)));
        settle(transaction, readable.get(true), now);
        return new Settlement(now, readable.get(false));
    }

    /**
     * Fires some of what is due of these timetables, for a transaction of its own: many of these before {@link #settle} leave
     * it little to do.
     *
     * @return whether there was anything
     */
    boolean settleSome(Transaction transaction, Collection<Long> timetables) {
        List<Mark> held = marks.lock(transaction, timetables);
        Instant now = transaction.now();
        List<Plan> plans = held.stream()
                .filter(mark -> mark.nextDue() != null && !mark.nextDue().isAfter(now) && canPlan(transaction, mark))
                .map(mark -> plan(transaction, mark, now, mostAtOnce))
                .toList();
        if (!plans.isEmpty()) {
            carryOut(transaction, plans, now);
        }
        return !plans.isEmpty();
    }

    /** Says anew when these timetables are next due, after a change of who follows them. The caller has settled them. */
    void resume(Transaction transaction, Collection<Long> timetables, Instant now) {
        List<Plan> plans = marks.read(transaction, timetables).stream()
                .filter(mark -> canPlan(transaction, mark))
                .map(mark -> plan(transaction, mark, now, 0))
                .toList();
        marks.advance(transaction, plans);
    }

    private void settle(Transaction transaction, List<Mark> held, Instant now) {
        List<Mark> behind = held;
        int madeUp = 0;
        while (!behind.isEmpty()) {
            List<Plan> plans = new ArrayList<>();
            for (Mark mark : behind) {
                Plan plan = plan(transaction, mark, now, mostAtOnce);
                plans.add(plan);
                madeUp += plan.madeUp();
            }
            if (madeUp > 2 * mostAtOnce) {
                throw new Conflict("conflict.schedule.behind", 2 * mostAtOnce);
            }
            carryOut(transaction, plans, now);
            List<Long> ids = behind.stream().map(Mark::id).toList();
            behind = marks.read(transaction, ids).stream()
                    .filter(mark -> mark.firedThrough().isBefore(now))
                    .toList();
        }
    }

    /** What would be due once more, as the mark stays before others that are due together with it. */
    private static void settleAlone(Transaction transaction, List<Plan> plans, Instant now) {
        List<Settled.Instance> alone = plans.stream()
                .flatMap(plan -> plan.alone().stream()
                        .map(nominal -> new Settled.Instance(plan.mark().id(), nominal)))
                .toList();
        Settled.settle(transaction, alone, now);
    }

    private int fire(Transaction transaction, List<Plan> plans) {
        List<Plan> firing =
                plans.stream().filter(plan -> !plan.fires().isEmpty()).toList();
        if (firing.isEmpty()) {
            return 0;
        }
        List<NominalFire> fires =
                firing.stream().flatMap(plan -> plan.nominalFires().stream()).toList();
        int[] made = queue.enqueueFires(transaction, fires);
        record(transaction, firing, made);
        return Arrays.stream(made).sum();
    }

    /** @param made runs for each instant of each plan, in order */
    private static void record(Transaction transaction, List<Plan> plans, int[] made) {
        List<Fired> fired = new ArrayList<>();
        int place = 0;
        for (Plan plan : plans) {
            if (plan.isPart()) {
                Parts.come(transaction, plan, made[place++]);
                continue;
            }
            for (Occurrence occurrence : plan.fires()) {
                Instant nominal = occurrence.nominal();
                int before = plan.mark().hasBegun(nominal) ? plan.mark().begun().runs() : 0;
                fired.add(new Fired(plan.mark().id(), nominal, occurrence.at(), before + made[place++]));
            }
        }
        Fired.record(transaction, fired);
        Parts.whole(
                transaction,
                plans.stream()
                        .filter(plan -> plan.mark().begun() != null && !plan.isPart())
                        .map(plan -> plan.mark().id())
                        .toList());
    }
}
