package io.yardmaster.trigger;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.timetable.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs and schedules for tests, and the hand that turns time: marks are put back, so that instants are due. */
final class Scene {
    static final Actor OPERATOR = new Actor("operator", null);
    static final Terms MAKING_UP_ALL =
            Terms.STANDARD.with(new CatchUp(CatchUp.Policy.ALL, 1000, Duration.ofDays(1), Duration.ZERO));
    private static final AtomicInteger NAMES = new AtomicInteger();

    final Database database;
    final Schedules schedules = new Schedules(new RunQueue());
    final Jobs jobs = new Jobs(List.of(schedules));

    Scene(Database database) {
        this.database = database;
    }

    /** Where nothing is scheduled. */
    static Scene empty(Database database) {
        database.useTransaction(transaction -> transaction
                .sql()
                .execute(
                        "DELETE FROM backfill; DELETE FROM run; DELETE FROM fire; DELETE FROM fire_range; DELETE FROM fire_part; DELETE FROM pause;"
                                + " DELETE FROM schedule_stretch; DELETE FROM schedule; DELETE FROM timetable_mark;"
                                + " DELETE FROM timetable"));
        return new Scene(database);
    }

    FireDue server() {
        return new FireDue(database, new RunQueue(), () -> {});
    }

    Instant now() {
        return database.inTransaction(Transaction::now);
    }

    long job() {
        return jobs(1).get(0);
    }

    List<Long> jobs(int count) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("""
                        INSERT INTO job (namespace, name, queue_id, definition)
                        SELECT 'default', 'job-' || :name || '-' || n, id, '{"task": {"type": "noop"}}'
                        FROM queue, generate_series(1, :count) AS n RETURNING id
                        """)
                .bind("name", NAMES.incrementAndGet())
                .bind("count", count)
                .mapTo(Long.class)
                .list());
    }

    /** One that makes up nothing. */
    Schedule schedule(long job, Timetable timetable) {
        return schedule(job, timetable, Terms.STANDARD.with(CatchUp.NONE));
    }

    Schedule schedule(long job, Timetable timetable, Terms terms) {
        return database.inTransaction(transaction -> {
            String name = "s-" + NAMES.incrementAndGet();
            return schedules.create(
                    transaction, job, new ScheduleDraft(name, timetable, Map.of(), true, terms), OPERATOR);
        });
    }

    /** A timetable of that second alone, of every year. */
    static Timetable at(Instant instant) {
        OffsetDateTime at = instant.atOffset(ZoneOffset.UTC);
        return Timetable.cron(
                "%d %d %d %d %d ?"
                        .formatted(
                                at.getSecond(), at.getMinute(), at.getHour(), at.getDayOfMonth(), at.getMonthValue()),
                "UTC");
    }

    static Timetable everySecond() {
        return every("*");
    }

    /** At these seconds of each minute. */
    static Timetable every(String seconds) {
        // an expression of its own for each test, as timetables are shared
        return Timetable.cron(
                seconds + " * * * * ? 1970-" + (2099 - NAMES.incrementAndGet() % 50) + ",2099", "Etc/UTC");
    }

    /** These jobs follow {@code first}'s timetable too. */
    void follow(List<Long> jobs, Schedule first) {
        database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate("""
                        INSERT INTO schedule (job_id, timetable_id, name, effective_from)
                        SELECT job, s.timetable_id, s.name, clock_timestamp() - interval '30s'
                        FROM schedule s, unnest(:jobs) AS job WHERE s.id = :first
                        """)
                .bindArray("jobs", Long.class, jobs)
                .bind("first", first.id())
                .execute());
    }

    /** As if the schedule had been made, and last fired, that long ago; what it did since, by chance, is undone. */
    void putBack(Schedule schedule, Duration ago) {
        List<String> statements = List.of(
                "DELETE FROM run WHERE schedule_id = :id",
                "DELETE FROM fire_range WHERE schedule_id = :id",
                "DELETE FROM fire WHERE timetable_id = (SELECT timetable_id FROM schedule WHERE id = :id)",
                "UPDATE schedule SET effective_from = now() - make_interval(secs => :ago) WHERE id = :id",
                "UPDATE schedule_stretch SET from_at = now() - make_interval(secs => :ago)"
                        + " WHERE schedule_id = :id",
                "UPDATE timetable_mark SET fired_through = now() - make_interval(secs => :ago),"
                        + " next_due = now() - make_interval(secs => :ago - 0.001)"
                        + " WHERE timetable_id = (SELECT timetable_id FROM schedule WHERE id = :id)");
        database.useTransaction(transaction -> statements.forEach(statement -> transaction
                .sql()
                .createUpdate(statement)
                .bind("ago", ago.toMillis() / 1000.0)
                .bind("id", schedule.id())
                .execute()));
    }

    /** As if it had been paused, and nothing been due by any timetable, since that long ago. */
    void putBackPaused(Schedule schedule, Duration ago) {
        putBack(schedule, ago);
        database.useTransaction(transaction -> {
            transaction
                    .sql()
                    .createUpdate("UPDATE schedule SET paused_from = effective_from WHERE id = :id")
                    .bind("id", schedule.id())
                    .execute();
            transaction.sql().execute("UPDATE timetable_mark SET next_due = NULL, fired_through = clock_timestamp()");
        });
    }

    List<Instant> runs(Schedule schedule) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT nominal_at FROM run WHERE schedule_id = :id ORDER BY nominal_at")
                .bind("id", schedule.id())
                .mapTo(Instant.class)
                .list());
    }

    long count(String what) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT count(*) FROM " + what)
                .mapTo(Long.class)
                .one());
    }

    Account account(Schedule schedule) {
        return database.inTransaction(
                transaction -> new Ledger().of(transaction, schedule, Instant.EPOCH, transaction.now()));
    }

    int version(Schedule schedule) {
        return database.inTransaction(transaction ->
                schedules.find(transaction, schedule.id()).orElseThrow().version());
    }
}
