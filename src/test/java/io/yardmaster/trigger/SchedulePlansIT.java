package io.yardmaster.trigger;

import static io.yardmaster.database.Scans.assertLeavesAlone;
import static io.yardmaster.database.Scans.assertLooksUp;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.run.Cause;
import io.yardmaster.run.EndedRun;
import io.yardmaster.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// R19: with many schedules, what each fire and each turn of a loop reads is looked up
final class SchedulePlansIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private static final int SHARED = 5_000;
    private static final int ALONE = 10_000;
    private static final int DELAYS = 5_000;

    private static Database database;
    /** A timetable that {@link #SHARED} schedules wait for. */
    private static long shared;

    /** Beside it as many timetables as schedules, and delays, which have a timetable each. */
    @BeforeAll
    static void fill(Database given) {
        database = given;
        Scene scene = new Scene(database);
        Schedule first = scene.schedule(scene.job(), Scene.everySecond());
        scene.follow(scene.jobs(SHARED), first);
        shared = first.timetableId();
        List<Long> jobs = scene.jobs(ALONE + DELAYS);
        follow(jobs.subList(0, ALONE), "CRON");
        follow(jobs.subList(ALONE, jobs.size()), "DELAY");
        POSTGRES.analyze();
    }

    @Test
    void how_far_timetables_are_and_who_waits_for_them() {
        assertLooksUp(database, "schedule_to_fire", transaction -> new Marks().read(transaction, List.of(shared)));
        assertLooksUp(database, "schedule_to_fire", transaction -> Follower.of(transaction, shared));
    }

    @Test
    void the_end_of_a_part_of_an_instant() {
        assertLooksUp(
                database,
                "schedule_to_fire",
                transaction -> transaction
                        .sql()
                        .createQuery(Parts.END)
                        .bind("timetable", shared)
                        .bind("after", 0)
                        .bind("most", 1000)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void runs_of_moved_instants_where_days_of_history_can_have_them() {
        Instant beyond = Instant.now().plus(Settled.FURTHEST).plus(Duration.ofDays(30));
        MovedRuns moved = new MovedRuns(Set.of(beyond));
        Accountable whose = new Accountable(1, 1, false, null);
        assertLeavesAlone(database, "run_history", transaction -> moved.count(transaction, whose));
    }

    @Test
    void schedules_that_may_go_on() {
        assertLooksUp(
                database,
                "schedule_to_resume",
                transaction -> new ResumedSchedules(new KnownTimetables()).take(transaction, 50, List.of()));
    }

    @Test
    void the_next_instant_of_a_delay_whose_run_has_ended() {
        List<EndedRun> ended = List.of(new EndedRun(0, 0, 0, 1L, Cause.Kind.SCHEDULE, RunState.SUCCEEDED));
        assertLooksUp(database, "timetable_by_owner", transaction -> new Delays().ended(transaction, ended));
    }

    /** Each job by a timetable of its own. */
    private static void follow(List<Long> jobs, String kind) {
        database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate("""
                        WITH made AS (SELECT job, next_id() AS schedule, next_id() AS timetable FROM unnest(:jobs) AS job),
                        timetables AS (
                            INSERT INTO timetable (id, kind, expression, zone, owner_id)
                            SELECT timetable, :kind, 'PT' || row_number() OVER () || 'S', 'UTC', CASE :kind WHEN 'DELAY' THEN schedule END
                            FROM made),
                        marks AS (
                            INSERT INTO timetable_mark (timetable_id, fired_through)
                            SELECT timetable, now() FROM made)
                        INSERT INTO schedule (id, job_id, timetable_id, name, effective_from)
                        SELECT schedule, job, timetable, 'alone', now() FROM made
                        """)
                .bindArray("jobs", Long.class, jobs)
                .bind("kind", kind)
                .execute());
    }
}
