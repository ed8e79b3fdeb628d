package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.Obstacle.Kind;
import io.yardmaster.job.Job;
import io.yardmaster.lock.Claim;
import io.yardmaster.lock.Claim.Otherwise;
import io.yardmaster.lock.Claim.Wait;
import io.yardmaster.lock.Claims;
import io.yardmaster.lock.Conditions;
import io.yardmaster.lock.Conditions.Act;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.LockChanges;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.lock.Locks;
import io.yardmaster.lock.Variables;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.ConditionTimeouts;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueChanges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// R8, R10: conditions that runs wait for
final class ConditionsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Lock.class, Queue.class);

    private static final Actor ADA = new Actor("ada", null);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private Database database;
    private Yard yard;
    private LockedJobs jobs;
    private Yard.Place place;

    @BeforeEach
    void begin(Database database) {
        this.database = database;
        yard = new Yard(database);
        yard.clear();
        jobs = new LockedJobs(database, yard);
        place = yard.place(10);
    }

    @Test
    void a_run_waits_until_its_predicate_holds_and_has_no_slot_meanwhile() {
        long dataIn = condition(Map.of("day", "", "files", "0"));
        long run = jobs.run(waiting(dataIn, "day == '2026-11-24' && files >= 3"));
        dispatch();
        assertThat(states(run)).containsExactly("BLOCKED");
        assertThat(yard.count("SELECT count(*) FROM run WHERE session_id IS NOT NULL"))
                .isZero();
        assertThat(change(dataIn, Act.SET, Map.of("files", "5")).called()).isZero();
        assertThat(change(dataIn, Act.SET, Map.of("day", "2026-11-24")).called())
                .isOne();
        dispatch();
        assertThat(states(run)).containsExactly("RUNNING");
        assertThat(jobs.tickets(dataIn)).isZero();
        assertThat(jobs.held(dataIn)).isZero();
    }

    // what was set before is there for who comes later: no signal is lost
    @Test
    void who_comes_when_it_holds_does_not_wait() {
        long dataIn = condition(Map.of("arrived", "false"));
        change(dataIn, Act.SIGNAL, Map.of("arrived", "true"));
        long run = jobs.run(waiting(dataIn, "arrived"));
        dispatch();
        assertThat(states(run)).containsExactly("RUNNING");
    }

    @Test
    void a_signal_calls_the_first_alone_and_a_broadcast_all() {
        long go = condition(Map.of());
        long job = waiting(go, null);
        List<Long> runs = jobs.runs(job, null, 4);
        dispatch();
        assertThat(states(runs)).containsOnly("BLOCKED");
        assertThat(change(go, Act.SIGNAL, Map.of()).called()).isOne();
        dispatch();
        assertThat(states(runs)).containsExactly("RUNNING", "BLOCKED", "BLOCKED", "BLOCKED");
        assertThat(change(go, Act.BROADCAST, Map.of()).called()).isEqualTo(3);
        // it was for those that waited
        long late = jobs.run(job);
        dispatch();
        assertThat(states(runs)).containsOnly("RUNNING");
        assertThat(states(late)).containsExactly("BLOCKED");
        assertThat(jobs.forgotten()).isZero();
    }

    @Test
    void of_those_whose_predicate_holds_a_signal_calls_one_and_the_next_set_the_others() {
        long gate = condition(Map.of("open", "false"));
        List<Long> runs = jobs.runs(waiting(gate, "open"), null, 3);
        dispatch();
        assertThat(change(gate, Act.SIGNAL, Map.of("open", "true")).called()).isOne();
        assertThat(jobs.forgotten()).isZero();
        dispatch();
        assertThat(states(runs)).containsExactly("RUNNING", "BLOCKED", "BLOCKED");
        assertThat(change(gate, Act.SET, Map.of()).called()).isEqualTo(2);
        dispatch();
        assertThat(states(runs)).containsOnly("RUNNING");
    }

    // Mesa: who was woken looks again
    @Test
    void what_holds_no_more_when_the_run_is_to_begin_is_waited_for_again() {
        long gate = condition(Map.of("open", "false"));
        long run = jobs.run(waiting(gate, "open"));
        dispatch();
        change(gate, Act.SET, Map.of("open", "true"));
        assertThat(states(run)).containsExactly("QUEUED");
        assertThat(change(gate, Act.RESET, Map.of()).variables().values()).containsEntry("open", false);
        dispatch();
        assertThat(states(run)).containsExactly("BLOCKED");
        change(gate, Act.SET, Map.of("open", "true"));
        dispatch();
        assertThat(states(run)).containsExactly("RUNNING");
    }

    // R8: all or none, conditions among them; a signal is kept until the run goes
    @Test
    void a_run_that_was_signalled_and_waits_for_a_lock_keeps_its_signal() {
        long go = condition(Map.of());
        long mutex = jobs.mutex();
        long holder = jobs.run(jobs.job(mutex));
        dispatch();
        long both = claiming(new Claim.Part(go, 0, new Wait(null, null, null)), new Claim.Part(mutex, 1));
        long run = jobs.run(both);
        dispatch();
        change(go, Act.SIGNAL, Map.of());
        dispatch();
        assertThat(states(holder, run)).containsExactly("RUNNING", "BLOCKED");
        jobs.end(holder);
        dispatch();
        assertThat(states(run)).containsExactly("RUNNING");
        assertThat(jobs.tokens(mutex)).containsExactly(2L);
    }

    @Test
    void what_waits_for_a_condition_keeps_locks_from_nobody() {
        long go = condition(Map.of("open", "false"));
        long mutex = jobs.mutex();
        long waiting =
                jobs.run(claiming(new Claim.Part(go, 0, new Wait("open", null, null)), new Claim.Part(mutex, 1)));
        dispatch();
        long other = jobs.run(jobs.job(mutex));
        dispatch();
        assertThat(states(waiting, other)).containsExactly("BLOCKED", "RUNNING");
    }

    @Test
    void runs_of_a_paused_queue_are_signalled_last_and_hear_what_is_set() {
        long go = condition(Map.of());
        long queue = yard.queue(1, null);
        long job = waiting(go, null);
        long paused = jobs.runs(job, queue, 1).get(0);
        long other = jobs.run(job);
        dispatch();
        pause(queue, true);
        change(go, Act.SIGNAL, Map.of());
        dispatch();
        assertThat(states(paused, other)).containsExactly("BLOCKED", "RUNNING");
        change(go, Act.SIGNAL, Map.of());
        dispatch();
        assertThat(states(paused)).containsExactly("QUEUED");
        pause(queue, false);
        dispatch();
        assertThat(states(paused)).containsExactly("RUNNING");
    }

    @Test
    void who_has_waited_too_long_fails_is_skipped_or_runs() {
        long go = condition(Map.of("open", "false"));
        List<Long> runs = new ArrayList<>();
        for (Otherwise otherwise : Otherwise.values()) {
            runs.add(jobs.run(claiming(new Claim.Part(go, 0, new Wait("open", 3600L, otherwise)))));
        }
        dispatch();
        assertThat(states(runs)).containsOnly("BLOCKED");
        assertThat(timeOut()).isZero();
        yard.change("UPDATE lock_ticket SET until = until - interval '1 hour'", Map.of());
        yard.change("UPDATE run SET ready_at = ready_at - interval '1 hour'", Map.of());
        assertThat(timeOut()).isEqualTo(3);
        dispatch();
        assertThat(states(runs)).containsExactly("FAILED", "SKIPPED", "RUNNING");
        assertThat(said(runs.get(0))).matches("waited longer than 3600 s for the condition default/condition[0-9]+");
        assertThat(jobs.tickets(go)).isZero();
        assertThat(timeOut()).isZero();
    }

    @Test
    void a_variable_keeps_its_type_and_its_name() {
        long go = condition(Map.of("open", "false", "files", "0", "day", ""));
        assertThatThrownBy(() -> change(go, Act.SET, Map.of("open", "perhaps", "files", "many", "opne", "true")))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Invalid.Problem::field)
                                .containsExactlyInAnyOrder("variables.open", "variables.files", "variables.opne"));
        assertThat(change(go, Act.SET, Map.of("day", "20261124")).variables().values())
                .containsEntry("day", "20261124")
                .containsEntry("files", 0L);
        assertThatThrownBy(() -> change(jobs.mutex(), Act.SET, Map.of())).isInstanceOf(Conflict.class);
    }

    @Test
    void other_variables_keep_what_is_still_there_and_jobs_what_they_wait_for() {
        long go = condition(Map.of("open", "false", "files", "0"));
        long run = jobs.run(waiting(go, "open && files == 2"));
        dispatch();
        change(go, Act.SET, Map.of("files", "2"));
        assertThatThrownBy(() -> redefine(go, Map.of("open", "true")))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Invalid.Problem::message)
                                .singleElement()
                                .asString()
                                .contains("files"));
        redefine(go, Map.of("open", "false", "files", "7", "day", ""));
        assertThat(change(go, Act.SET, Map.of()).variables().values())
                .containsEntry("files", 2L)
                .containsEntry("day", "");
        change(go, Act.SET, Map.of("open", "true"));
        dispatch();
        assertThat(states(run)).containsExactly("RUNNING");
    }

    @Test
    void why_a_run_waits_names_condition_and_predicate() {
        long gate = condition(Map.of("open", "false"));
        long run = jobs.run(claiming(
                new Claim.Part(gate, 0, new Wait("open", null, null)),
                new Claim.Part(condition(Map.of()), 0, new Wait(null, null, null))));
        dispatch();
        Waiting why = database.inTransaction(transaction ->
                yard.dispatching().whyWaiting().of(transaction, run).orElseThrow());
        assertThat(why.obstacles()).extracting(Obstacle::kind).containsExactly(Kind.CONDITION, Kind.SIGNAL);
        assertThat(why.obstacles().get(0).arguments()).element(1).isEqualTo("open");
        assertThat(why.predictedStart()).isNull();
    }

    // a thousand at a time
    @Test
    void a_broadcast_reaches_all_of_many_that_wait() {
        long go = condition(Map.of());
        List<Long> runs = jobs.runs(waiting(go, null), null, 2500);
        for (int i = 0; i < 8; i++) {
            yard.dispatchOnce();
        }
        long waiting = jobs.tickets(go);
        assertThat(waiting).isEqualTo(runs.size());
        assertThat(change(go, Act.BROADCAST, Map.of()).called()).isEqualTo(2500);
    }

    private long condition(Map<String, String> variables) {
        LockDraft draft = new LockDraft(
                "default", "condition" + NAMES.incrementAndGet(), "", "", "CONDITION", null, Variables.of(variables));
        return database.inTransaction(
                transaction -> new LockChanges().create(transaction, draft, ADA).id());
    }

    private void redefine(long condition, Map<String, String> variables) {
        database.useTransaction(transaction -> {
            Lock lock = new Locks().locked(transaction, condition);
            LockDraft draft = new LockDraft("default", lock.name(), "", "", "CONDITION", null, Variables.of(variables));
            new LockChanges().update(transaction, condition, lock.version(), draft, ADA);
        });
    }

    private long waiting(long condition, String when) {
        return claiming(new Claim.Part(condition, 0, new Wait(when, null, null)));
    }

    private long claiming(Claim.Part... parts) {
        long job = yard.noop();
        long claim = database.inTransaction(transaction -> Claims.id(transaction, new Claim(Arrays.asList(parts))));
        yard.change("UPDATE job SET claim_id = :claim WHERE id = :job", Map.of("claim", claim, "job", job));
        return job;
    }

    private Conditions.Outcome change(long condition, Act act, Map<String, String> variables) {
        return database.inTransaction(transaction -> Conditions.change(
                transaction, new Locks().locked(transaction, condition), new Conditions.Change(act, variables), ADA));
    }

    private int timeOut() {
        return database.inTransaction(new ConditionTimeouts(new AttemptEnds(List.of()))::end);
    }

    private void pause(long queue, boolean paused) {
        database.useTransaction(transaction -> {
            if (paused) {
                new QueueChanges().pause(transaction, queue, ADA);
            } else {
                new QueueChanges().resume(transaction, queue, ADA);
            }
        });
    }

    private void dispatch() {
        yard.dispatchOnce();
        yard.acceptAll(place);
    }

    private List<String> states(long... runs) {
        return Arrays.stream(runs).mapToObj(yard::state).toList();
    }

    private List<String> states(List<Long> runs) {
        return runs.stream().map(yard::state).toList();
    }

    private String said(long run) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT message FROM run_history WHERE id = :run")
                .bind("run", run)
                .mapTo(String.class)
                .one());
    }
}
