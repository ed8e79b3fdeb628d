package io.yardmaster.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.JobDraft;
import io.yardmaster.job.Jobs;
import io.yardmaster.job.LockNeed;
import io.yardmaster.job.LockNeed.Mode;
import io.yardmaster.run.Cause;
import io.yardmaster.task.NoopTask;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LockClaimsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class);

    private static final Actor ADA = new Actor("ada", null);

    private final Jobs jobs = new Jobs(List.of(new LockClaims()));
    private final RunQueue queue = new RunQueue();
    private Database database;

    @BeforeEach
    void begin(Database database) {
        this.database = database;
        database.useTransaction(transaction -> transaction.sql().execute("""
                DELETE FROM run; DELETE FROM job_version; DELETE FROM job; DELETE FROM claim; DELETE FROM lock;
                INSERT INTO lock (namespace, name, kind, permits) VALUES ('default', 'gate', 'MUTEX', NULL),
                    ('default', 'warehouse', 'READ_WRITE', NULL), ('other', 'licence', 'SEMAPHORE', 3)"""));
    }

    @Test
    void a_job_claims_units_by_kind_and_its_runs_have_the_claim_of_their_version() {
        Job job = create(
                new LockNeed("other/licence", null, 2),
                new LockNeed("gate", null, null),
                new LockNeed("warehouse", Mode.WRITE, null));
        assertThat(claimed("job WHERE id = " + job.id())).isEqualTo("gate 1, licence 2, warehouse 1000000");
        long first = run(job.id(), null);
        assertThat(claimed("run WHERE id = " + first)).isEqualTo("gate 1, licence 2, warehouse 1000000");
        change(job, new LockNeed("warehouse", Mode.READ, null));
        assertThat(claimed("run WHERE id = " + run(job.id(), null))).isEqualTo("warehouse 1");
        change(job);
        assertThat(claimed("run WHERE id = " + run(job.id(), null))).isNull();
        assertThat(claimed("run WHERE id = " + run(job.id(), 2))).isEqualTo("warehouse 1");
        change(job, new LockNeed("gate", null, null));
        // that version needed none, though the job does now
        assertThat(claimed("run WHERE id = " + run(job.id(), 3))).isNull();
    }

    @Test
    void who_needs_the_same_has_the_same_claim() {
        create(new LockNeed("gate", null, null));
        create(new LockNeed("default/gate", null, null));
        assertThat(count("SELECT count(*) FROM claim")).isOne();
    }

    @Test
    void what_does_not_fit_the_lock_is_told_all_at_once_and_nothing_is_stored() {
        Invalid refused = catchThrowableOfType(
                Invalid.class,
                () -> create(
                        new LockNeed("gat", null, null),
                        new LockNeed("gate", Mode.READ, null),
                        new LockNeed("warehouse", null, 2),
                        new LockNeed("other/licence", null, 4)));
        assertThat(refused.problems())
                .extracting(problem -> problem.field() + " " + problem.value() + ": " + problem.message())
                .containsExactly(
                        "locks[0].lock gat: there is no such lock, or you may not use it; locks of namespace default: gate, warehouse",
                        "locks[1].mode READ: default/gate is no read-write lock: leave the mode out",
                        "locks[2].mode null: default/warehouse is a read-write lock: say READ or WRITE",
                        "locks[2].permits 2: default/warehouse is no semaphore: leave the permits out",
                        "locks[3].permits 4: other/licence has 3 permits: need no more");
        assertThat(count("SELECT count(*) FROM job")).isZero();
    }

    private Job create(LockNeed... needs) {
        return database.inTransaction(transaction -> {
            long number = transaction.nextId();
            long queueId = transaction
                    .sql()
                    .createQuery("SELECT id FROM queue WHERE name = 'default'")
                    .mapTo(Long.class)
                    .one();
            return jobs.create(
                    transaction, new JobDraft("default", "j" + number, "", queueId, true, definition(needs)), ADA);
        });
    }

    private void change(Job job, LockNeed... needs) {
        database.useTransaction(transaction -> {
            Job now = jobs.locked(transaction, job.id());
            JobDraft draft = now.draft();
            JobDraft wanted = new JobDraft(
                    draft.namespace(), draft.name(), "", draft.queueId(), draft.enabled(), definition(needs));
            jobs.update(transaction, job.id(), now.version(), wanted, ADA);
        });
    }

    private static JobDefinition definition(LockNeed... needs) {
        return new JobDefinition(new NoopTask(), Map.of(), null, null, null, null, null, List.of(needs), null);
    }

    private long run(long job, Integer version) {
        return database.inTransaction(transaction ->
                queue.enqueue(transaction, new NewRun(job, version, Cause.manual("ada"), Map.of(), null)));
    }

    private String claimed(String of) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("""
                        SELECT (SELECT string_agg(l.name || ' ' || p.units, ', ' ORDER BY l.name)
                            FROM claim c CROSS JOIN unnest(c.locks, c.units) AS p (lock, units) JOIN lock l ON l.id = p.lock
                            WHERE c.id = claim_id) FROM %s""".formatted(of))
                .mapTo(String.class)
                .one());
    }

    private long count(String sql) {
        return database.inTransaction(transaction ->
                transaction.sql().createQuery(sql).mapTo(Long.class).one());
    }
}
