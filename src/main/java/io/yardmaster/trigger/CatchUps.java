package io.yardmaster.trigger;

import io.yardmaster.database.Columns;
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
import java.util.Set;
import java.util.stream.Collectors;

/** Gives each schedule what its catch-up policy makes of instants that came too late, and writes down the rest. */
final class CatchUps {
    /** Runs that one statement makes well within its time-out. */
    private static final int MOST_AT_ONCE = 10_000;

    /** Schedules that share a timetable make up the same instant each in a pass of its own. */
    private static final String RECORD = """
            INSERT INTO fire AS f (timetable_id, nominal_at, due_at, fired_at, runs)
            SELECT :timetable, m.nominal_at, nullif(d.due_at, m.nominal_at), clock_timestamp(), count(*)
            FROM unnest(:nominals) AS m (nominal_at)
            JOIN unnest(:lates, :dues) AS d (nominal_at, due_at) ON d.nominal_at = m.nominal_at
            GROUP BY m.nominal_at, d.due_at ORDER BY m.nominal_at
            ON CONFLICT (timetable_id, nominal_at) DO UPDATE SET runs = f.runs + excluded.runs
            """;

    private final RunQueue queue;

    CatchUps(RunQueue queue) {
        this.queue = queue;
    }

    /** @return how many runs were made */
    int carryOut(Transaction transaction, Plan plan, Occurrences occurrences, Instant now) {
        List<Follower> followers = Follower.of(transaction, plan.mark().id());
        leaveOut(
                transaction,
                parts(followers, plan.found().skipped(), occurrences, true),
                plan.mark().when().calendarName());
        Instant lastMissed = CatchUp.lastMissed(now);
        Map<Alike, List<Follower>> alike = followers.stream()
                .collect(Collectors.groupingBy(
                        one -> new Alike(one.catchUp(), OnStretch.earliest(one.until(), lastMissed), one.settled())));
        int runs = 0;
        for (Map.Entry<Alike, List<Follower>> group : alike.entrySet()) {
            Occurrences others = occurrences.without(group.getKey().settled);
            runs += carryOut(transaction, plan, new Group(group.getKey(), group.getValue(), others), now);
        }
        return runs;
    }

    /** @param lastMissed no instant after it was missed by these: the outage ended, or their validity */
    private record Alike(CatchUp catchUp, Instant lastMissed, Set<Instant> settled) {}

    /** Schedules that treat missed instants alike. */
    private record Group(Alike alike, List<Follower> followers, Occurrences occurrences) {
        CatchUp catchUp() {
            return alike.catchUp;
        }

        Instant reach(Instant after, Instant now) {
            return catchUp().reachThrough(occurrences, after, alike.lastMissed, now);
        }
    }

    private int carryOut(Transaction transaction, Plan plan, Group group, Instant now) {
        Instant reach = plan.found().late().isEmpty()
                ? Instant.MAX
                : group.reach(plan.mark().firedThrough(), now);
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
        Map<Long, Instant> starts = Starts.of(transaction, group.followers, now);
        for (Follower follower : group.followers) {
            Instant start = starts.get(follower.schedule());
            for (Occurrence occurrence : wanted) {
                if (follower.waitsFor(occurrence)) {
                    fires.add(new MadeUpFire(follower.schedule(), occurrence.nominal(), occurrence.adjusted(), start));
                    start = start.plus(group.catchUp().spread());
                }
            }
        }
        return fires;
    }

    private int makeUp(Transaction transaction, Plan plan, Group group, List<MadeUpFire> fires) {
        int made = 0;
        for (int from = 0; from < fires.size(); from += MOST_AT_ONCE) {
            List<MadeUpFire> some = fires.subList(from, Math.min(from + MOST_AT_ONCE, fires.size()));
            made += queue.enqueueMadeUp(transaction, Cause.Kind.CATCH_UP, some);
        }
        if (made != fires.size()) {
            throw new IllegalStateException(made + " of " + fires.size() + " runs were made up for "
                    + group.followers.size() + " schedules: indicates a bug");
        }
        List<Occurrence> late = plan.found().late();
        transaction
                .sql()
                .createUpdate(RECORD)
                .bindNamedArgumentFinder(Columns.of(late)
                        .with("lates", Instant.class, Occurrence::nominal)
                        .with("dues", Instant.class, Occurrence::at))
                .bind("timetable", plan.mark().id())
                .bindArray(
                        "nominals",
                        Instant.class,
                        fires.stream().map(MadeUpFire::nominal).toList())
                .execute();
        return made;
    }

    private static void leaveOut(Transaction transaction, Group group, LeftOut excluded) {
        FireRanges.leaveOut(
                transaction,
                parts(group.followers, excluded, group.occurrences, false),
                group.catchUp().reason(),
                null);
    }

    /** @param calendar the name of the calendar that leaves them out */
    private static void leaveOut(Transaction transaction, List<FireRanges.Entry> skipped, String calendar) {
        FireRanges.leaveOut(transaction, skipped, "SKIPPED", calendar);
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
