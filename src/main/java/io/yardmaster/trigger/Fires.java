package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.queue.NominalFire;
import io.yardmaster.queue.RunQueue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Carries plans out: runs, ledger and marks, all or nothing. The caller holds the marks' locks. */
final class Fires {
    /** Its key refuses a second fire of the same instant. Instants that made no run leave no row. */
    private static final String RECORD = """
            INSERT INTO fire (timetable_id, nominal_at, fired_at, runs)
            SELECT timetable_id, nominal_at, clock_timestamp(), runs
            FROM unnest(:timetables, :nominals, :runs) AS f (timetable_id, nominal_at, runs) WHERE runs > 0
            """;

    /**
     * One row per schedule (index {@code schedule_to_fire}); a range that ended where this one goes on is made longer
     * (index {@code fire_range_by_schedule}), so that an outage is one row however many passes it takes to write.
     */
    private static final String MISSED = """
            WITH missed AS (
                SELECT s.id FROM schedule s JOIN job j ON j.id = s.job_id
                WHERE s.timetable_id = :timetable AND s.disabled_at IS NULL AND s.archived_at IS NULL
                    AND s.effective_from < :from AND j.disabled_at IS NULL AND j.archived_at IS NULL
            ), longer AS (
                UPDATE fire_range r SET through_at = :through, instants = r.instants + :instants
                FROM missed WHERE r.schedule_id = missed.id AND r.reason = 'MISSED' AND r.through_at = :before
                RETURNING r.schedule_id
            )
            INSERT INTO fire_range (schedule_id, from_at, through_at, instants, reason)
            SELECT id, :from, :through, :instants, 'MISSED' FROM missed WHERE id NOT IN (SELECT schedule_id FROM longer)
            """;

    /** Runs that one statement makes well within its time-out, and soon enough: some 200 ms. */
    private static final int MOST_AT_ONCE = 10_000;

    private final RunQueue queue;
    private final Marks marks;
    private final KnownTimetables known;
    private final int mostAtOnce;
    private final Parts parts;

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
    }

    /** What has to be done about {@code mark}. */
    Plan plan(Mark mark, Instant now, int mostRuns) {
        return Plan.of(mark, known.of(mark.timetable()), now, mostRuns);
    }

    /** What is too much for one statement is done in part, and stays due. @return how many runs were made */
    int carryOut(Transaction transaction, List<Plan> wanted) {
        List<Plan> plans =
                wanted.stream().map(plan -> parts.cut(transaction, plan)).toList();
        int runs = fire(transaction, plans);
        for (Plan plan : plans) {
            if (plan.missed() != null) {
                miss(transaction, plan);
            }
        }
        marks.advance(transaction, plans);
        return runs;
    }

    /**
     * Fires all that is due of these timetables and holds them still until the transaction ends, so that a change of
     * them, their schedules or jobs can neither lose nor add an instant of before.
     *
     * @return the moment through which they are settled, by which the change takes effect
     */
    Instant settle(Transaction transaction, Collection<Long> timetables) {
        List<Mark> held = marks.lock(transaction, timetables);
        Instant now = transaction.now();
        for (Mark mark : held) {
            now = mark.firedThrough().isAfter(now) ? mark.firedThrough() : now;
        }
        settle(transaction, held, now);
        return now;
    }

    /** Says anew when these timetables are next due, after a change of who follows them. The caller has settled them. */
    void resume(Transaction transaction, Collection<Long> timetables, Instant now) {
        List<Plan> plans = new ArrayList<>();
        for (Mark mark : marks.read(transaction, timetables)) {
            plans.add(plan(mark, now, 0));
        }
        marks.advance(transaction, plans);
    }

    private void settle(Transaction transaction, List<Mark> held, Instant now) {
        List<Mark> behind = held;
        while (!behind.isEmpty()) {
            List<Plan> plans = new ArrayList<>();
            for (Mark mark : behind) {
                plans.add(plan(mark, now, mostAtOnce));
            }
            carryOut(transaction, plans);
            List<Long> ids = behind.stream().map(Mark::id).toList();
            behind = marks.read(transaction, ids).stream()
                    .filter(mark -> mark.firedThrough().isBefore(now))
                    .toList();
        }
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
            for (Instant nominal : plan.fires()) {
                int before = plan.mark().hasBegun(nominal) ? plan.mark().begun().runs() : 0;
                fired.add(new Fired(plan.mark().id(), nominal, before + made[place++]));
            }
        }
        record(transaction, fired);
        Parts.whole(
                transaction,
                plans.stream()
                        .filter(plan -> plan.mark().begun() != null && !plan.isPart())
                        .map(plan -> plan.mark().id())
                        .toList());
    }

    private record Fired(long timetable, Instant nominal, int runs) {}

    private static void record(Transaction transaction, List<Fired> fired) {
        transaction
                .sql()
                .createUpdate(RECORD)
                .bindArray(
                        "timetables",
                        Long.class,
                        fired.stream().map(Fired::timetable).toList())
                .bindArray(
                        "nominals",
                        Instant.class,
                        fired.stream().map(Fired::nominal).toList())
                .bindArray(
                        "runs", Integer.class, fired.stream().map(Fired::runs).toList())
                .execute();
    }

    private static void miss(Transaction transaction, Plan plan) {
        transaction
                .sql()
                .createUpdate(MISSED)
                .bind("timetable", plan.mark().id())
                .bind("before", plan.mark().firedThrough())
                .bind("from", plan.missed().from())
                .bind("through", plan.missed().through())
                .bind("instants", plan.missed().instants())
                .execute();
    }
}
