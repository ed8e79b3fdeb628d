package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.time.Instant;

/** When each schedule was on, and by which timetable. */
final class Stretches {
    /** Index {@code schedule_stretch_open}. */
    private static final String CLOSE = """
            UPDATE schedule_stretch SET through_at = greatest(from_at, :now) WHERE schedule_id = :schedule AND through_at IS NULL
            """;

    private static final String OPEN = """
            INSERT INTO schedule_stretch (schedule_id, timetable_id, from_at, until_at)
            VALUES (:schedule, :timetable, greatest(:now, CAST(:validFrom AS timestamptz) - interval '1 microsecond'), :validUntil)
            """;

    private Stretches() {}

    /** From {@code now} on the schedule is {@code on}, as it stands. */
    static void turn(Transaction transaction, Schedule schedule, boolean on, Instant now) {
        transaction
                .sql()
                .createUpdate(CLOSE)
                .bind("schedule", schedule.id())
                .bind("now", now)
                .execute();
        if (on) {
            transaction
                    .sql()
                    .createUpdate(OPEN)
                    .bind("schedule", schedule.id())
                    .bind("timetable", schedule.timetableId())
                    .bind("now", now)
                    .bind("validFrom", schedule.terms().validFrom())
                    .bind("validUntil", schedule.terms().validUntil())
                    .execute();
        }
    }
}
