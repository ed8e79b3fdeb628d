package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.queue.MadeUpFire;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Cause;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Gives each schedule what its catch-up policy makes of instants that came too late, and writes down the rest. */
final class CatchUps {
    /** Index {@code run_by_fire}. */
    private static final String LAST_START = """
            SELECT max(wake_at) FROM run WHERE schedule_id = :schedule AND cause = 'CATCH_UP'
            """;

    /** Schedules that share a timetable make up the same instant each in a pass of its own. */
    private static final String RECORD = """
            INSERT INTO fire AS f (timetable_id, nominal_at, fired_at, runs)
            SELECT :timetable, nominal_at, clock_timestamp(), count(*) FROM unnest(:nominals) AS m (nominal_at)
            GROUP BY nominal_at ORDER BY nominal_at
            ON CONFLICT (timetable_id, nominal_at) DO UPDATE SET runs = f.runs + excluded.runs
            """;

    private final RunQueue queue;

    CatchUps(RunQueue queue) {
        this.queue = queue;
    }

    /** @return how many runs were made */
    int carryOut(Transaction transaction, Plan plan, Occurrences occurrences, Instant now) {
        List<Follower> followers = Follower.of(transaction, plan.mark().id());
        leaveOut(transaction, followers, plan.found().skipped(), occurrences);
        Map<CatchUp, List<Follower>> alike = followers.stream().collect(Collectors.groupingBy(Follower::catchUp));
        int runs = 0;
        for (Map.Entry<CatchUp, List<Follower>> group : alike.entrySet()) {
            runs += carryOut(transaction, plan, new Group(group.getKey(), group.getValue(), occurrences), now);
        }
        return runs;
    }

    /** Schedules that treat missed instants alike. */
    private record Group(CatchUp catchUp, List<Follower> followers, Occurrences occurrences) {}

    private int carryOut(Transaction transaction, Plan plan, Group group, Instant now) {
        Instant reach = plan.found().late().isEmpty()
                ? Instant.MAX
                : group.catchUp.reach(group.occurrences, plan.mark().firedThrough(), now);
        LeftOut excluded = plan.found().missed();
        List<Occurrence> wanted = new ArrayList<>();
        for (Occurrence late : plan.found().late()) {
            if (late.at().isBefore(reach)) {
                excluded = LeftOut.with(excluded, late.at());
            } else {
                wanted.add(late);
            }
        }
        leaveOut(transaction, group, excluded);
        return wanted.isEmpty() ? 0 : makeUp(transaction, plan, group, fires(transaction, group, wanted, now));
    }

    private static List<MadeUpFire> fires(Transaction transaction, Group group, List<Occurrence> wanted, Instant now) {
        List<MadeUpFire> fires = new ArrayList<>();
        for (Follower follower : group.followers) {
            Instant start = firstStart(transaction, follower, now);
            for (Occurrence occurrence : wanted) {
                if (follower.waitsFor(occurrence)) {
                    fires.add(new MadeUpFire(follower.schedule(), occurrence.nominal(), occurrence.adjusted(), start));
                    start = start.plus(group.catchUp.spread());
                }
            }
        }
        return fires;
    }

    private int makeUp(Transaction transaction, Plan plan, Group group, List<MadeUpFire> fires) {
        int made = queue.enqueueMadeUp(transaction, Cause.Kind.CATCH_UP, fires);
        if (made != fires.size()) {
            throw new IllegalStateException(made + " of " + fires.size() + " runs were made up for "
                    + group.followers.size() + " schedules: indicates a bug");
        }
        transaction
                .sql()
                .createUpdate(RECORD)
                .bind("timetable", plan.mark().id())
                .bindArray(
                        "nominals",
                        Instant.class,
                        fires.stream().map(MadeUpFire::nominal).toList())
                .execute();
        return made;
    }

    /** After what an earlier pass has made up, if its runs are spread. */
    static Instant firstStart(Transaction transaction, Follower follower, Instant now) {
        if (follower.catchUp().spread().isZero()) {
            return now;
        }
        return transaction
                .sql()
                .createQuery(LAST_START)
                .bind("schedule", follower.schedule())
                .mapTo(Instant.class)
                .findOne()
                .map(last -> last.plus(follower.catchUp().spread()))
                .filter(start -> start.isAfter(now))
                .orElse(now);
    }

    private static void leaveOut(Transaction transaction, Group group, LeftOut excluded) {
        FireRanges.leaveOut(
                transaction, parts(group.followers, excluded, group.occurrences, false), group.catchUp.reason(), null);
    }

    private static void leaveOut(
            Transaction transaction, List<Follower> followers, LeftOut skipped, Occurrences occurrences) {
        FireRanges.leaveOut(transaction, parts(followers, skipped, occurrences, true), "SKIPPED", null);
    }

    private static List<FireRanges.Entry> parts(
            List<Follower> followers, LeftOut all, Occurrences occurrences, boolean skipped) {
        List<FireRanges.Entry> entries = new ArrayList<>();
        for (Follower follower : followers) {
            LeftOut part = follower.part(all, occurrences, skipped);
            if (part != null) {
                entries.add(new FireRanges.Entry(follower.schedule(), part));
            }
        }
        return entries;
    }
}
