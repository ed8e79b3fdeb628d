package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.JobDraft;
import io.yardmaster.job.JobSignal;
import io.yardmaster.job.JobSignal.Act;
import io.yardmaster.job.JobSignal.On;
import io.yardmaster.job.Jobs;
import io.yardmaster.job.Retry;
import io.yardmaster.job.RunRules;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.LockChanges;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.lock.Locks;
import io.yardmaster.lock.Variables;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.Expiry;
import io.yardmaster.queue.JobSignals;
import io.yardmaster.run.RunState;
import io.yardmaster.task.NoopTask;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// R8: what the ends of runs do to conditions
final class ConditionSignalsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Lock.class);

    private static final Actor ADA = new Actor("ada", null);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Jobs changes = new Jobs(List.of(new JobSignals()));
    private Database database;
    private Yard yard;
    private LockedJobs jobs;
    private Yard.Place place;
    private ConditionTurns turns;

    @BeforeEach
    void begin(Database database) {
        this.database = database;
        yard = new Yard(database);
        yard.clear();
        jobs = new LockedJobs(database, yard);
        place = yard.place(10);
        turns = new ConditionTurns(database);
    }

    @Test
    void each_end_does_what_its_job_says_of_it_and_the_next_run_may_begin() {
        String day = condition(Map.of("good", "0", "bad", "0", "last", ""));
        long job = job(
                new JobSignal(day, null, null, Map.of("good", "1", "last", "good")),
                new JobSignal(day, On.FAILURE, Act.SIGNAL, Map.of("bad", "1", "last", "bad")),
                new JobSignal(day, On.ANY, Act.BROADCAST, Map.of()));
        end(job, RunState.SUCCEEDED);
        assertThat(pending()).isEqualTo(2);
        turns.turn();
        assertThat(pending()).isZero();
        assertThat(variables(day))
                .containsEntry("good", 1L)
                .containsEntry("bad", 0L)
                .containsEntry("last", "good");
        long failed = end(job, RunState.FAILED);
        turns.turn();
        assertThat(variables(day)).containsEntry("bad", 1L).containsEntry("last", "bad");
        assertThat(changedBy(day)).isEqualTo("run " + failed);
    }

    @Test
    void what_ends_without_having_run_does_what_any_end_does() {
        String day = condition(Map.of("ended", "false", "good", "false"));
        long job = job(
                new JobSignal(day, On.ANY, Act.SET, Map.of("ended", "true")),
                new JobSignal(day, On.SUCCESS, Act.SET, Map.of("good", "true")),
                new JobSignal(day, On.FAILURE, Act.SET, Map.of("good", "true")));
        jobs.cancel(jobs.run(job));
        turns.turn();
        assertThat(variables(day)).containsEntry("ended", true).containsEntry("good", false);
        reset(day);
        long missed = jobs.run(job);
        yard.change(
                "UPDATE run SET expires_at = clock_timestamp() - interval '1 s' WHERE id = :run",
                Map.of("run", missed));
        database.inTransaction(new Expiry(new AttemptEnds(List.of()))::expire);
        turns.turn();
        assertThat(variables(day)).containsEntry("ended", true).containsEntry("good", false);
    }

    // the end counts, not the attempt
    @Test
    void an_attempt_that_is_repeated_does_nothing_yet() {
        String day = condition(Map.of("bad", "false"));
        long job = job(new JobSignal(day, On.ANY, Act.SET, Map.of("bad", "true")));
        Retry once = new Retry(1, 60L, null, null, null, List.of(Retry.Outcome.FAILED));
        yard.change(
                "UPDATE job_version SET definition = CAST(:definition AS jsonb) WHERE job_id = :job",
                Map.of(
                        "job",
                        job,
                        "definition",
                        definition(new RunRules(once, null, null, null, null, null))
                                .toJson()));
        end(job, RunState.FAILED);
        assertThat(pending()).isZero();
    }

    @Test
    void servers_beside_each_other_apply_each_once_and_in_order() throws Exception {
        List<String> conditions = List.of(condition(Map.of("last", "0")), condition(Map.of("last", "0")));
        for (int i = 1; i <= 300; i++) {
            for (String condition : conditions) {
                note(condition, i);
            }
        }
        ExecutorService servers = Executors.newFixedThreadPool(4);
        try {
            Callable<Object> turn = turns::turn;
            for (Future<Object> done : servers.invokeAll(List.of(turn, turn, turn, turn))) {
                done.get();
            }
        } finally {
            servers.shutdown();
        }
        assertThat(pending()).isZero();
        assertThat(conditions)
                .allSatisfy(condition -> assertThat(variables(condition)).containsEntry("last", 300L));
    }

    @Test
    void what_jobs_set_stays_possible() {
        String day = condition(Map.of("files", "0", "open", "false"));
        long job = job(new JobSignal(day, On.SUCCESS, Act.SET, Map.of("files", "2")));
        assertThatThrownBy(() -> redefine(day, Map.of("open", "false")))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Invalid.Problem::message)
                                .containsExactly(name(job)
                                        + " sets variables.files at its ends, which would no longer be right"));
        assertThatThrownBy(() -> archive(day)).isInstanceOf(Conflict.class).hasMessageContaining(name(job));
        change(job);
        redefine(day, Map.of("open", "false"));
        end(job, RunState.SUCCEEDED);
        assertThat(pending()).isZero();
        archive(day);
    }

    @Test
    void what_no_longer_fits_is_left_out_and_keeps_up_nothing() {
        String day = condition(Map.of("open", "false"));
        yard.change("""
                INSERT INTO condition_signal (lock_id, run_id, act, variables)
                SELECT id, 1, 'SET', '{"gone": "1"}' FROM lock WHERE name = :name AND archived_at IS NULL""", Map.of("name", day));
        long job = job(new JobSignal(day, On.ANY, Act.SET, Map.of("open", "true")));
        end(job, RunState.SUCCEEDED);
        turns.turn();
        assertThat(pending()).isZero();
        assertThat(variables(day)).containsEntry("open", true);
    }

    @Test
    void what_does_not_fit_the_condition_is_told_all_at_once() {
        String day = condition(Map.of("files", "0"));
        assertThatThrownBy(() -> job(
                        new JobSignal("nowhere", null, null, Map.of("a", "b")),
                        new JobSignal(day, null, null, Map.of("files", "many", "flies", "1"))))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Invalid.Problem::field)
                                .containsExactly(
                                        "signals[0].condition",
                                        "signals[1].variables.files",
                                        "signals[1].variables.flies"));
        assertThatThrownBy(() -> job(
                        new JobSignal("No", null, null, Map.of("a", "b")),
                        new JobSignal(day, null, null, null),
                        new JobSignal(day, null, Act.RESET, Map.of("files", "1"))))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Invalid.Problem::field)
                                .containsExactly(
                                        "signals[0].condition", "signals[1].variables", "signals[2].variables"));
    }

    private String condition(Map<String, String> variables) {
        String name = "signalled" + NAMES.incrementAndGet();
        LockDraft draft = new LockDraft("default", name, "", "", "CONDITION", null, Variables.of(variables));
        database.useTransaction(transaction -> new LockChanges().create(transaction, draft, ADA));
        return name;
    }

    private void redefine(String condition, Map<String, String> variables) {
        database.useTransaction(transaction -> {
            Lock lock = new Locks().get(transaction, "default", condition);
            LockDraft draft = new LockDraft("default", condition, "", "", "CONDITION", null, Variables.of(variables));
            new LockChanges().update(transaction, lock.id(), lock.version(), draft, ADA);
        });
    }

    private void archive(String condition) {
        database.useTransaction(transaction -> {
            Lock lock = new Locks().get(transaction, "default", condition);
            new LockChanges().archive(transaction, lock.id(), lock.version(), ADA);
        });
    }

    private long job(JobSignal... signals) {
        return database.inTransaction(transaction -> {
            long queue = transaction
                    .sql()
                    .createQuery("SELECT id FROM queue WHERE name = 'default'")
                    .mapTo(Long.class)
                    .one();
            JobDraft draft = new JobDraft(
                    "default", "signalling" + NAMES.incrementAndGet(), "", queue, true, definition(signals));
            return changes.create(transaction, draft, ADA).id();
        });
    }

    private String name(long job) {
        return database.inTransaction(
                transaction -> changes.locked(transaction, job).fullName());
    }

    private void change(long job, JobSignal... signals) {
        database.useTransaction(transaction -> {
            Job now = changes.locked(transaction, job);
            JobDraft draft = now.draft();
            JobDraft wanted = new JobDraft(
                    draft.namespace(), draft.name(), "", draft.queueId(), draft.enabled(), definition(signals));
            changes.update(transaction, job, now.version(), wanted, ADA);
        });
    }

    private static JobDefinition definition(JobSignal... signals) {
        return new JobDefinition(new NoopTask(), Map.of(), null, null, null, null, null, null, List.of(signals));
    }

    private static JobDefinition definition(RunRules rules) {
        return new JobDefinition(new NoopTask(), Map.of(), null, null, null, rules, null, null, null);
    }

    private long end(long job, RunState state) {
        long run = yard.startedOn(place, job);
        long epoch = yard.count("SELECT epoch FROM run WHERE id = " + run);
        AttemptEnd end = new AttemptEnd(run, epoch, state, 0, null, null, null, Instant.now());
        database.useTransaction(transaction -> new AttemptEnds(List.of()).end(transaction, List.of(end)));
        return run;
    }

    private void note(String condition, int last) {
        yard.change("""
                INSERT INTO condition_signal (lock_id, run_id, act, variables)
                SELECT id, 1, 'SET', jsonb_build_object('last', CAST(:last AS text)) FROM lock
                WHERE name = :name AND archived_at IS NULL""", Map.of("name", condition, "last", Integer.toString(last)));
    }

    private void reset(String condition) {
        yard.change("""
                UPDATE lock_state SET variables = l.variables FROM lock l
                WHERE l.id = lock_id AND l.name = :name AND l.archived_at IS NULL""", Map.of("name", condition));
    }

    private long pending() {
        return yard.count("SELECT count(*) FROM condition_signal");
    }

    private Map<String, Object> variables(String condition) {
        return Variables.ofColumn(column(condition, "variables")).values();
    }

    private String changedBy(String condition) {
        return column(condition, "changed_by");
    }

    private String column(String condition, String column) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery(
                        "SELECT s." + column
                                + " FROM lock_state s JOIN lock l ON l.id = s.lock_id WHERE l.name = :name AND l.archived_at IS NULL")
                .bind("name", condition)
                .mapTo(String.class)
                .one());
    }
}
