package io.yardmaster.trigger;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.MadeUpFire;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Cause;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets schedules go on whose pause has ended, some at a time, so that the end of a large pause is no large transaction and
 * goes on where a killed server left it.
 */
final class Resumption {
    private static final int AT_ONCE = 50;

    /** Index {@code schedule_to_resume}. */
    private static final String TO_RESUME = """
            SELECT s.id, s.timetable_id, s.resume_with, s.paused_from, s.effective_from, s.valid_from, s.valid_until,
                   s.catch_up, s.catch_up_count, s.catch_up_age_seconds, s.catch_up_spread_seconds,
                   t.kind, t.expression, t.zone, t.gap, t.overlap,
                   s.disabled_at IS NULL AND s.archived_at IS NULL AND j.disabled_at IS NULL AND j.archived_at IS NULL AS is_on
            FROM schedule s JOIN timetable t ON t.id = s.timetable_id JOIN job j ON j.id = s.job_id
            WHERE s.resume_with IS NOT NULL ORDER BY s.timetable_id, s.id LIMIT :most
            """;

    private static final String GO_ON = """
            UPDATE schedule SET paused_from = NULL, resume_with = NULL, effective_from = :now
            WHERE id = :schedule AND resume_with IS NOT NULL
            """;

    private final Database database;
    private final RunQueue queue;
    private final KnownTimetables known = new KnownTimetables();
    private final Fires fires;

    /** One schedule that may go on. */
    private record Resumed(Follower follower, long timetable, Occurrences occurrences, boolean on) {}

    Resumption(Database database, RunQueue queue) {
        this.database = database;
        this.queue = queue;
        this.fires = new Fires(queue, new Marks(), known);
    }

    /**
     * @return how many schedules went on
     */
    int resume() {
        int all = 0;
        int some;
        do {
            some = database.inTransaction(this::resumeSome);
            all += some;
        } while (some == AT_ONCE);
        return all;
    }

    private int resumeSome(Transaction transaction) {
        List<Long> timetables =
                read(transaction).stream().map(Resumed::timetable).distinct().toList();
        if (timetables.isEmpty()) {
            return 0;
        }
        Instant now = fires.settle(transaction, timetables);
        // read again under the locks: another server may have been first
        List<Resumed> resumed = read(transaction).stream()
                .filter(one -> timetables.contains(one.timetable))
                .toList();
        for (Resumed one : resumed) {
            if (one.on) {
                makeUp(transaction, one, now);
            }
            transaction
                    .sql()
                    .createUpdate(GO_ON)
                    .bind("schedule", one.follower.schedule())
                    .bind("now", now)
                    .execute();
        }
        fires.resume(transaction, timetables, now);
        return resumed.size();
    }

    private void makeUp(Transaction transaction, Resumed one, Instant now) {
        Follower follower = one.follower;
        Instant after = follower.from().minusNanos(1);
        Instant through = follower.until().isBefore(now) ? follower.until() : now;
        Instant reach = follower.catchUp().reachThrough(one.occurrences, after, through);
        LeftOut paused = null;
        LeftOut skipped = null;
        List<MadeUpFire> wanted = new ArrayList<>();
        Instant start = now;
        List<Occurrence> next = one.occurrences.after(after);
        while (!next.isEmpty() && !next.get(0).at().isAfter(through)) {
            for (Occurrence occurrence : next) {
                if (occurrence.skipped()) {
                    skipped = LeftOut.with(skipped, occurrence.at());
                } else if (occurrence.at().isBefore(reach)) {
                    paused = LeftOut.with(paused, occurrence.at());
                } else {
                    wanted.add(new MadeUpFire(follower.schedule(), occurrence.nominal(), occurrence.adjusted(), start));
                    start = start.plus(follower.catchUp().spread());
                }
            }
            next = one.occurrences.after(next.get(0).at());
        }
        leaveOut(transaction, follower, skipped, "SKIPPED");
        leaveOut(transaction, follower, paused, "PAUSED");
        queue.enqueueMadeUp(transaction, Cause.Kind.CATCH_UP, wanted);
    }

    private static void leaveOut(Transaction transaction, Follower follower, LeftOut leftOut, String reason) {
        if (leftOut != null) {
            FireRanges.leaveOut(transaction, List.of(new FireRanges.Entry(follower.schedule(), leftOut)), reason, null);
        }
    }

    private List<Resumed> read(Transaction transaction) {
        return transaction
                .sql()
                .createQuery(TO_RESUME)
                .bind("most", AT_ONCE)
                .map((row, context) -> resumed(row))
                .list();
    }

    private Resumed resumed(ResultSet row) throws SQLException {
        Follower follower = Follower.paused(row);
        return new Resumed(
                follower, row.getLong("timetable_id"), known.of(Timetables.timetable(row)), row.getBoolean("is_on"));
    }

    /** What a choice makes of a schedule's own policy. */
    static CatchUp chosen(Pause.Choice choice, CatchUp own) {
        return switch (choice) {
            case POLICY -> own;
            case SKIP -> new CatchUp(CatchUp.Policy.SKIP, own.count(), own.age(), own.spread());
            case LATEST -> new CatchUp(CatchUp.Policy.LATEST, own.count(), Duration.ofDays(366), own.spread());
            case ALL -> new CatchUp(CatchUp.Policy.ALL, own.count(), own.age(), own.spread());
        };
    }
}
