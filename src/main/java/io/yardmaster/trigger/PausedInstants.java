package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.List;

/** What came while a schedule was paused and nobody has decided about yet. */
final class PausedInstants {
    /** Indexes {@code schedule_pkey}, {@code pause_by_subject}. */
    private static final String INHERIT = """
            UPDATE schedule s SET paused_from = :now FROM job j
            WHERE s.id = :schedule AND j.id = s.job_id AND s.paused_from IS NULL
                AND EXISTS (SELECT FROM pause p WHERE p.scope = 'SYSTEM'
                    OR p.scope = 'NAMESPACE' AND p.subject = j.namespace
                    OR p.scope = 'JOB' AND p.subject = j.id::text)
            """;

    private static final String PAUSED_FROM = """
            SELECT paused_from FROM schedule WHERE id = :schedule AND paused_from IS NOT NULL
            """;

    private static final String FROM_NOW = """
            UPDATE schedule SET paused_from = :now WHERE id = ANY (:schedules) AND paused_from IS NOT NULL
            """;

    private PausedInstants() {}

    /** A schedule made for what is paused is paused. */
    static void inherit(Transaction transaction, long schedule, Instant now) {
        transaction
                .sql()
                .createUpdate(INHERIT)
                .bind("schedule", schedule)
                .bind("now", now)
                .execute();
    }

    /**
     * Before a change of a paused schedule: what came until now by its old ways is let go, with a line in the ledger.
     *
     * @param occurrences the old timetable's
     * @param until the end of its old validity; null for none
     */
    static void letGo(Transaction transaction, long schedule, Occurrences occurrences, Instant until, Instant now) {
        Instant after = transaction
                .sql()
                .createQuery(PAUSED_FROM)
                .bind("schedule", schedule)
                .mapTo(Instant.class)
                .findOne()
                .orElse(null);
        if (after == null) {
            return;
        }
        Instant through = until == null || until.isAfter(now) ? now : until;
        LeftOut leftOut = null;
        for (Occurrence occurrence : occurrences.between(after, through, Integer.MAX_VALUE)) {
            leftOut = LeftOut.with(leftOut, occurrence.at());
        }
        if (leftOut != null) {
            FireRanges.leaveOut(transaction, List.of(new FireRanges.Entry(schedule, leftOut)), "PAUSED", null);
        }
        startFrom(transaction, List.of(schedule), now);
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
