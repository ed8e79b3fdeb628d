package io.yardmaster.trigger;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What came while a schedule was paused and nobody has decided about yet. */
final class PausedInstants {
    /** Indexes {@code schedule_pkey}, {@code pause_by_subject}. */
    private static final String INHERIT = """
            UPDATE schedule s SET paused_from = :now FROM job j
            WHERE s.id = :schedule AND j.id = s.job_id AND s.paused_from IS NULL
                AND EXISTS (SELECT FROM pause p WHERE %s)
            """.formatted(PauseSql.HOLDS);

    private static final String PAUSED_FROM = """
            SELECT paused_from FROM schedule WHERE id = :schedule AND paused_from IS NOT NULL
            """;

    private static final String FROM_NOW = """
            UPDATE schedule SET paused_from = :now WHERE id = ANY (:schedules) AND paused_from IS NOT NULL
            """;

    /** Waited for by whoever pauses or resumes, and the other way round; changes of schedules do not wait for each other. */
    private static final String HOLD = "LOCK TABLE pause IN SHARE MODE";

    static final int MOST_LET_GO = 500_000;

    private PausedInstants() {}

    /** A schedule as it was before a change: its timetable, validity and catch-up. */
    record Old(long schedule, DatedTimetable when, Terms terms) {}

    /** Nothing is paused or resumed before this transaction ends. Taken after the job's row, and before any timetable is. */
    static void hold(Transaction transaction) {
        transaction.sql().execute(HOLD);
    }

    /** A schedule made for what is paused is paused. */
    static void inherit(Transaction transaction, long schedule, Instant now) {
        transaction
                .sql()
                .createUpdate(INHERIT)
                .bind("schedule", schedule)
                .bind("now", now)
                .execute();
    }

    /** From when on its instants wait; empty if it is not paused. */
    static Optional<Instant> from(Transaction transaction, long schedule) {
        return transaction
                .sql()
                .createQuery(PAUSED_FROM)
                .bind("schedule", schedule)
                .mapTo(Instant.class)
                .findOne();
    }

    /**
     * Before a change of a paused schedule: what came until now by its old ways is let go, with a line in the ledger.
     *
     * @throws Conflict if that is too much to be gone through here: whoever changes it must resume it first
     */
    static void letGo(Transaction transaction, Old old, KnownTimetables known, Instant now) {
        Instant from = from(transaction, old.schedule).orElse(null);
        if (from == null) {
            return;
        }
        Terms terms = old.terms;
        Instant valid = terms.validFrom() == null ? from : terms.validFrom().minusNanos(1);
        Instant after = OnStretch.latest(from, valid);
        Instant through = terms.validUntil() == null ? now : OnStretch.earliest(terms.validUntil(), now);
        Occurrences occurrences = known.of(transaction, old.when).without(Settled.of(transaction, old.schedule));
        PausedWalk walk = PausedWalk.of(occurrences, after, through, Instant.MAX, MOST_LET_GO);
        if (!walk.isWhole()) {
            throw new Conflict("conflict.schedule.paused-long", MOST_LET_GO);
        }
        walk.record(transaction, old.schedule, old.when.calendarName());
        startFrom(transaction, List.of(old.schedule), now);
    }

    /** What came until now is none of the pause's. */
    static void startFrom(Transaction transaction, List<Long> schedules, Instant now) {
        transaction
                .sql()
                .createUpdate(FROM_NOW)
                .bindArray("schedules", Long.class, schedules)
                .bind("now", now)
                .execute();
    }
}
