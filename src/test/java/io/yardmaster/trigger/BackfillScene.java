package io.yardmaster.trigger;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.Rows;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.RunState;
import io.yardmaster.timetable.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** A job of every hour, what people do with its backfills, and what dispatch and workers do with its runs. */
final class BackfillScene {
    static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant UNTIL = Instant.parse("2026-01-01T09:00:00Z");

    final Scene base;
    final Schedule schedule;
    final Backfills backfills = new Backfills(new RunQueue(), () -> {});
    private final AttemptEnds ends = new AttemptEnds(List.of(new BackfillEnds(() -> {})));
    private final BackfillList list = new BackfillList();
    private final long session;

    private BackfillScene(Scene base, Schedule schedule, long session) {
        this.base = base;
        this.schedule = schedule;
        this.session = session;
    }

    static BackfillScene empty(Database database) {
        Scene base = Scene.empty(database);
        long job = base.job();
        return database.inTransaction(transaction -> {
            Timetable hourly = Timetable.cron("0 0 * * * ?", "UTC");
            Schedule schedule = base.schedules.create(
                    transaction,
                    job,
                    new ScheduleDraft("hourly", hourly, Map.of("a", "schedule", "b", "schedule"), true),
                    Scene.OPERATOR);
            return new BackfillScene(
                    base, schedule, Rows.session(transaction, UUID.randomUUID().toString()));
        });
    }

    BackfillDraft draft(BackfillTerms terms, Map<String, String> parameters) {
        return new BackfillDraft(schedule.jobId(), schedule, schedule.timetable(), FROM, UNTIL, terms, parameters);
    }

    long create(BackfillDraft draft) {
        return base.database.inTransaction(transaction -> backfills.create(transaction, draft, Scene.OPERATOR));
    }

    long tenHours(BackfillTerms terms) {
        return create(draft(terms, Map.of()));
    }

    /** As any server takes it. */
    void turn() {
        new Backfilling(base.database).turn();
    }

    void pause(long backfill) {
        base.database.useTransaction(transaction -> backfills.pause(transaction, backfill, Scene.OPERATOR));
    }

    void resume(long backfill, boolean failedAgain) {
        resume(backfill, new BackfillFailures(failedAgain, null));
    }

    void resume(long backfill, BackfillFailures failures) {
        base.database.useTransaction(transaction -> backfills.resume(transaction, backfill, failures, Scene.OPERATOR));
    }

    void cancel(long backfill, boolean runningToo) {
        base.database.useTransaction(
                transaction -> backfills.cancel(transaction, backfill, runningToo, Scene.OPERATOR));
    }

    void cancelRun(long run) {
        base.database.useTransaction(transaction -> new Cancellation().request(transaction, run, "somebody"));
    }

    /** Ids of its runs that have not ended, the oldest first. */
    List<Long> unfinished(long backfill) {
        return base.database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT id FROM run WHERE caused_by = :backfill ORDER BY id")
                .bind("backfill", Long.toString(backfill))
                .mapTo(Long.class)
                .list());
    }

    void start(long run) {
        base.database.useTransaction(transaction -> Rows.start(transaction, run, session));
    }

    void end(long run, RunState state) {
        base.database.useTransaction(transaction -> end(transaction, run, state));
    }

    /** As the report of its worker does. */
    void end(Transaction transaction, long run, RunState state) {
        if (base.count("run WHERE state = 'QUEUED' AND id = " + run) == 1) {
            Rows.start(transaction, run, session);
        }
        Instant now = transaction.now();
        ends.end(transaction, List.of(new AttemptEnd(run, 1, state, null, null, null, now, now)));
    }

    /** Takes turns and ends what was started until nothing more is. */
    void endAll(long backfill, RunState state) {
        turn();
        for (List<Long> runs = unfinished(backfill); !runs.isEmpty(); runs = unfinished(backfill)) {
            runs.forEach(run -> end(run, state));
            turn();
        }
    }

    /** Nominal instants of its ended runs in the order in which they were made. */
    List<Instant> ran(long backfill) {
        return base.database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT nominal_at FROM run_history WHERE caused_by = :backfill ORDER BY id")
                .bind("backfill", Long.toString(backfill))
                .mapTo(Instant.class)
                .list());
    }

    /** An ended run of the schedule. */
    void history(String nominal, RunState state) {
        base.database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate("""
                        INSERT INTO run_history (id, state, job_id, job_version, queue_id, cause, schedule_id, nominal_at,
                            due_at, parameters, created_at, epoch, attempt, ended_at, attempts)
                        SELECT next_id(), :state, j.id, 1, j.queue_id, 'SCHEDULE', :schedule, CAST(:nominal AS timestamptz),
                            CAST(:nominal AS timestamptz), '{}', now(), 1, 1, now(), '[]' FROM job j WHERE j.id = :job
                        """)
                .bind("state", state)
                .bind("schedule", schedule.id())
                .bind("job", schedule.jobId())
                .bind("nominal", nominal)
                .execute());
    }

    BackfillState state(long backfill) {
        return find(backfill).state();
    }

    /** Without the estimate. */
    BackfillProgress progress(long backfill) {
        BackfillProgress told = find(backfill).progress();
        return new BackfillProgress(
                told.pending(),
                told.started(),
                told.succeeded(),
                told.failed(),
                told.cancelled(),
                told.leftOut(),
                null);
    }

    Backfill find(long backfill) {
        return base.database.inTransaction(
                transaction -> list.find(transaction, backfill).orElseThrow());
    }

    List<BackfillList.Instance> instants(long backfill, BackfillList.Instance.State state) {
        return base.database.inTransaction(transaction -> list.instants(transaction, backfill, state, 0, 1000));
    }

    List<String> actions(long backfill) {
        return base.database.inTransaction(transaction -> transaction
                .sql()
                .createQuery(
                        "SELECT action FROM audit_entry WHERE subject_kind = 'backfill' AND subject = :id ORDER BY id")
                .bind("id", Long.toString(backfill))
                .mapTo(String.class)
                .list());
    }

    /** Does {@code second} while the transaction of {@code first} is still open, which it commits once that waits or is done. */
    void meanwhile(Consumer<Transaction> first, Runnable second) {
        CompletableFuture<Void> other = base.database.inTransaction(transaction -> {
            first.accept(transaction);
            CompletableFuture<Void> begun = CompletableFuture.runAsync(second);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> begun.isDone() || base.count("pg_stat_activity WHERE wait_event_type = 'Lock'") > 0);
            return begun;
        });
        other.join();
    }
}
