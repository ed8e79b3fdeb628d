package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.util.List;

/**
 * Instants that more schedules wait for than one statement should make runs for. They are fired in parts, each in a
 * transaction of its own, so that no statement nears its time-out, no lock is held for long, and dispatch begins with
 * the first part. How far an instant has come is stored with each part: whoever goes on, after whatever crash, makes
 * neither a run twice nor one too few. A change of the schedules fires what is left first.
 */
final class Parts {
    /** Index {@code schedule_to_fire}. The last of a part that is not the last one. */
    static final String END = """
            SELECT id FROM schedule
            WHERE timetable_id = :timetable AND id > :after AND disabled_at IS NULL AND archived_at IS NULL
                AND paused_from IS NULL
            ORDER BY id OFFSET :most LIMIT 1
            """;

    private static final String COME = """
            INSERT INTO fire_part (timetable_id, nominal_at, through_schedule, runs)
            VALUES (:timetable, :nominal, :through, :runs)
            ON CONFLICT (timetable_id) DO UPDATE SET
                nominal_at = EXCLUDED.nominal_at, through_schedule = EXCLUDED.through_schedule,
                runs = fire_part.runs + EXCLUDED.runs
            """;

    private static final String WHOLE = "DELETE FROM fire_part WHERE timetable_id = ANY (:timetables)";

    private final int most;

    /** @param most schedules that get their runs by one part */
    Parts(int most) {
        this.most = most;
    }

    /** The plan, or as much of it as is to be done at once. */
    Plan cut(Transaction transaction, Plan plan) {
        if (plan.mark().schedules() <= most || plan.fires().size() != 1) {
            return plan;
        }
        if (!plan.isOneInstant()) {
            return plan.firesLast() ? plan.beforeItFires() : plan;
        }
        return transaction
                .sql()
                .createQuery(END)
                .bind("timetable", plan.mark().id())
                .bind("after", plan.nominalFires().get(0).part().after())
                .bind("most", most - 1)
                .mapTo(Long.class)
                .findOne()
                .map(plan::upTo)
                .orElse(plan);
    }

    /** Stores that {@code plan}, a part, has made so many runs. */
    static void come(Transaction transaction, Plan plan, int runs) {
        transaction
                .sql()
                .createUpdate(COME)
                .bind("timetable", plan.mark().id())
                .bind("nominal", plan.fires().get(0).nominal())
                .bind("through", plan.through())
                .bind("runs", runs)
                .execute();
    }

    /** The last part of these timetables' instants was made. */
    static void whole(Transaction transaction, List<Long> timetables) {
        if (!timetables.isEmpty()) {
            transaction
                    .sql()
                    .createUpdate(WHOLE)
                    .bindArray("timetables", Long.class, timetables)
                    .execute();
        }
    }
}
