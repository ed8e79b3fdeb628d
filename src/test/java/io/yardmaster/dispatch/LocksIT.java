package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.LockedJobs.Part;
import io.yardmaster.job.Job;
import io.yardmaster.job.Need;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.LockChanges;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.lock.Locks;
import io.yardmaster.queue.Moving;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueChanges;
import io.yardmaster.queue.RunOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// R7, R8, R10: locks that runs of different jobs need
final class LocksIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Lock.class, Queue.class);

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
    void of_two_jobs_with_a_mutex_one_runs_and_the_other_follows_it() {
        long mutex = jobs.mutex();
        long first = jobs.run(jobs.job(mutex));
        long second = jobs.run(jobs.job(mutex));
        dispatch();
        assertThat(states(first, second)).containsExactly("RUNNING", "BLOCKED");
        assertThat(yard.count("SELECT count(*) FROM run WHERE blocked_reason = 'LOCK'"))
                .isOne();
        jobs.end(first);
        assertThat(states(second)).containsExactly("QUEUED");
        dispatch();
        assertThat(states(second)).containsExactly("RUNNING");
        assertThat(jobs.tickets(mutex)).isZero();
        jobs.end(second);
        assertThat(jobs.held(mutex)).isZero();
    }

    // R8: what waits has nothing of the other lock, nor a slot
    @Test
    void all_or_none() {
        long a = jobs.mutex();
        long b = jobs.mutex();
        long both = jobs.job(new Part(a, 1), new Part(b, 1));
        long holder = jobs.run(jobs.job(b));
        dispatch();
        long waiting = jobs.run(both);
        dispatch();
        long other = jobs.run(jobs.job(a));
        dispatch();
        assertThat(states(holder, waiting, other)).containsExactly("RUNNING", "BLOCKED", "RUNNING");
        assertThat(yard.busy(place)).isEqualTo(2);
        jobs.end(holder);
        dispatch();
        // now the other lock refuses it, and both are kept for it
        assertThat(states(waiting)).containsExactly("BLOCKED");
        long late = jobs.run(jobs.job(b));
        dispatch();
        assertThat(states(late)).containsExactly("BLOCKED");
        jobs.end(other);
        dispatch();
        assertThat(states(waiting, late)).containsExactly("RUNNING", "BLOCKED");
        jobs.end(waiting);
        dispatch();
        assertThat(states(late)).containsExactly("RUNNING");
        assertThat(jobs.forgotten()).isZero();
    }

    // R10
    @Test
    void a_waiting_writer_is_passed_by_no_reader_that_came_after_it() {
        long file = jobs.readWrite();
        long reader = jobs.job(file);
        long first = jobs.run(reader);
        long second = jobs.run(reader);
        dispatch();
        long writer = jobs.run(jobs.job(new Part(file, LockedJobs.ALL)));
        dispatch();
        long third = jobs.run(reader);
        dispatch();
        assertThat(states(first, second, writer, third)).containsExactly("RUNNING", "RUNNING", "BLOCKED", "BLOCKED");
        jobs.end(first);
        assertThat(states(writer)).containsExactly("BLOCKED");
        jobs.end(second);
        dispatch();
        assertThat(states(writer, third)).containsExactly("RUNNING", "BLOCKED");
        jobs.end(writer);
        dispatch();
        assertThat(states(third)).containsExactly("RUNNING");
    }

    @Test
    void a_semaphore_has_so_many_and_each_hold_a_token_of_its_own() {
        long licences = jobs.semaphore(3);
        long one = jobs.job(licences);
        long two = jobs.job(new Part(licences, 2));
        List<Long> runs = Stream.of(two, one, one).map(jobs::run).toList();
        dispatch();
        assertThat(states(runs)).containsExactly("RUNNING", "RUNNING", "BLOCKED");
        assertThat(jobs.tokens(licences)).containsExactly(1L, 2L);
        jobs.end(runs.get(1));
        dispatch();
        assertThat(jobs.tokens(licences)).containsExactly(1L, 3L);
    }

    @Test
    void the_node_is_told_the_tokens_once_and_again() {
        long mutex = jobs.mutex();
        jobs.run(jobs.job(mutex));
        yard.dispatchOnce();
        List<RunEpoch> offers = database.inTransaction(transaction -> yard.offersOf(transaction, place.session()));
        for (int time = 0; time < 2; time++) {
            List<AcceptedRun> accepted = database.inTransaction(transaction -> yard.dispatching()
                    .acceptance()
                    .accept(transaction, place.session(), place.node(), offers)
                    .orElseThrow());
            assertThat(accepted.get(0).tokens().values()).containsExactly(1L);
            assertThat(accepted.get(0).tokens().keySet()).allMatch(name -> name.startsWith("default/lock"));
        }
    }

    @Test
    void more_permits_call_who_waits_and_fewer_end_nothing() {
        long licences = jobs.semaphore(1);
        long job = jobs.job(licences);
        List<Long> runs = jobs.runs(job, null, 3);
        dispatch();
        assertThat(states(runs)).containsExactly("RUNNING", "BLOCKED", "BLOCKED");
        resize(licences, 2);
        dispatch();
        assertThat(states(runs)).containsExactly("RUNNING", "RUNNING", "BLOCKED");
        resize(licences, 1);
        jobs.end(runs.get(0));
        dispatch();
        assertThat(states(runs.subList(1, 3))).containsExactly("RUNNING", "BLOCKED");
        jobs.end(runs.get(1));
        dispatch();
        assertThat(states(runs.get(2))).containsExactly("RUNNING");
    }

    // R7: an offer that nobody accepted, or whose node was lost, gives all back
    @Test
    void a_lapsed_offer_and_a_lost_node_give_locks_back_under_a_new_token() {
        long mutex = jobs.mutex();
        long run = jobs.run(jobs.job(mutex));
        yard.dispatchOnce();
        yard.change("UPDATE run SET offered_at = clock_timestamp() - interval '1 min'", Map.of());
        yard.takeBackOnce();
        assertThat(states(run)).containsExactly("QUEUED");
        assertThat(jobs.held(mutex)).isZero();
        place = yard.place(1);
        dispatch();
        assertThat(jobs.tokens(mutex)).containsExactly(2L);
        yard.silence(place.session(), 3);
        yard.takeBackOnce();
        assertThat(states(run)).containsExactly("QUEUED");
        assertThat(jobs.held(mutex)).isZero();
    }

    @Test
    void what_is_held_cancelled_or_moved_is_in_nobodys_way() {
        long file = jobs.readWrite();
        long reader = jobs.job(file);
        long writer = jobs.job(new Part(file, LockedJobs.ALL));
        long first = jobs.run(reader);
        dispatch();
        for (int way = 0; way < 3; way++) {
            long waiting = jobs.run(writer);
            dispatch();
            long behind = jobs.run(reader);
            dispatch();
            assertThat(states(waiting, behind)).containsExactly("BLOCKED", "BLOCKED");
            switch (way) {
                case 0 -> jobs.hold(waiting);
                case 1 -> jobs.cancel(waiting);
                default -> move(waiting, pausedQueue());
            }
            dispatch();
            assertThat(states(behind)).as("way " + way).containsExactly("RUNNING");
            jobs.end(behind);
        }
        assertThat(states(first)).containsExactly("RUNNING");
        assertThat(jobs.tickets(file)).isZero();
        assertThat(jobs.forgotten()).isZero();
    }

    @Test
    void runs_of_a_paused_queue_keep_nothing_from_others_and_are_back_when_it_goes_on() {
        long file = jobs.readWrite();
        long queue = yard.queue(1, null);
        long first = jobs.run(jobs.job(file));
        dispatch();
        long writer =
                jobs.runs(jobs.job(new Part(file, LockedJobs.ALL)), queue, 1).get(0);
        dispatch();
        long behind = jobs.run(jobs.job(file));
        dispatch();
        pause(queue, true);
        dispatch();
        assertThat(states(writer, behind)).containsExactly("BLOCKED", "RUNNING");
        pause(queue, false);
        long later = jobs.run(jobs.job(file));
        dispatch();
        assertThat(states(later)).containsExactly("BLOCKED");
        jobs.end(first);
        jobs.end(behind);
        dispatch();
        assertThat(states(writer, later)).containsExactly("RUNNING", "BLOCKED");
    }

    // what was called and finds no node gives its turn away, and does not lose its place by that
    @Test
    void a_call_that_comes_to_nothing_lapses() {
        long mutex = jobs.mutex();
        long job = jobs.job(mutex);
        long first = jobs.run(job);
        dispatch();
        long second = jobs.run(job);
        long third = jobs.run(job);
        dispatch();
        yard.change("UPDATE node SET slots = 1", Map.of());
        yard.change("UPDATE node_session SET slots = 1", Map.of());
        jobs.end(first);
        assertThat(states(second, third)).containsExactly("QUEUED", "BLOCKED");
        jobs.lapse();
        assertThat(states(second, third)).containsExactly("QUEUED", "QUEUED");
        dispatch();
        assertThat(states(second, third)).containsExactly("RUNNING", "QUEUED");
        jobs.end(second);
        dispatch();
        assertThat(states(third)).containsExactly("RUNNING");
        assertThat(jobs.forgotten()).isZero();
    }

    // else it would wait for a lock that nobody has
    @Test
    void who_was_refused_for_one_that_found_no_node_is_called_again() {
        yard.change("UPDATE node_session SET slots = 1", Map.of());
        yard.change("UPDATE node SET slots = 1, labels = '{gpu}'", Map.of());
        yard.place(2);
        long mutex = jobs.mutex();
        long needy = yard.needing(new Need(1, List.of("gpu"), List.of(), List.of()));
        jobs.claim(needy, new Part(mutex, 1));
        long job = jobs.job(mutex);
        List<Long> runs = Stream.of(yard.noop(), needy, job).map(jobs::run).toList();
        yard.dispatchOnce();
        assertThat(jobs.forgotten()).isZero();
        yard.dispatchOnce();
        assertThat(states(runs)).containsExactly("ASSIGNED", "QUEUED", "ASSIGNED");
    }

    @Test
    void a_run_of_higher_priority_goes_first_if_its_queue_says_so() {
        yard.change("UPDATE queue SET policy = 'PRIORITY', ageing_seconds = 60 WHERE name = 'default'", Map.of());
        long mutex = jobs.mutex();
        long job = jobs.job(mutex);
        long first = jobs.run(job);
        dispatch();
        List<Long> waiting = jobs.runs(job, null, 3);
        dispatch();
        database.useTransaction(transaction -> RunOrder.reprioritise(transaction, List.of(waiting.get(2)), 5));
        dispatch();
        jobs.end(first);
        dispatch();
        assertThat(states(waiting)).containsExactly("BLOCKED", "BLOCKED", "RUNNING");
        yard.change("UPDATE queue SET policy = 'FCFS', ageing_seconds = NULL WHERE name = 'default'", Map.of());
    }

    // an urgent run is first in its queue, though the other became ready long before it and so has the lower key before
    // locks
    @Test
    void of_two_that_nobody_has_refused_the_first_of_the_queue_goes_first() {
        long mutex = jobs.mutex();
        long job = jobs.job(mutex);
        List<Long> runs = jobs.runs(job, null, 2);
        yard.change(
                "UPDATE run SET ready_at = ready_at - interval '15 min', order_key = order_key - 900000000 WHERE id = :run",
                Map.of("run", runs.get(0)));
        yard.change("UPDATE run SET order_key = order_key - 3000000000 WHERE id = :run", Map.of("run", runs.get(1)));
        dispatch();
        assertThat(states(runs)).containsExactly("BLOCKED", "RUNNING");
        jobs.end(runs.get(1));
        dispatch();
        assertThat(states(runs.get(0))).containsExactly("RUNNING");
    }

    @Test
    void who_was_called_and_finds_the_lock_taken_again_is_called_again() {
        long mutex = jobs.mutex();
        long job = jobs.job(mutex);
        long first = jobs.run(job);
        long second = jobs.run(job);
        dispatch();
        jobs.end(first);
        long before = jobs.run(job);
        yard.change("UPDATE run SET order_key = order_key - 3600000000 WHERE id = :run", Map.of("run", before));
        dispatch();
        assertThat(states(before, second)).containsExactly("RUNNING", "BLOCKED");
        jobs.end(before);
        dispatch();
        assertThat(states(second)).containsExactly("RUNNING");
    }

    // design: a blocked run leaves the ready index
    @Test
    void ten_thousand_waiters_delay_nobody_and_are_looked_at_once() {
        long mutex = jobs.mutex();
        long job = jobs.job(mutex);
        jobs.run(job);
        dispatch();
        jobs.runs(job, null, 10_000);
        long free = jobs.run(yard.noop());
        for (int pass = 0; pass < 8; pass++) {
            dispatch();
        }
        assertThat(states(free)).containsExactly("RUNNING");
        assertThat(jobs.tickets(mutex)).isEqualTo(10_000);
        String lastWritten = "SELECT max(xmin::text::bigint) FROM run";
        long before = yard.count(lastWritten);
        yard.dispatchOnce();
        assertThat(yard.count(lastWritten)).isEqualTo(before);
    }

    private void dispatch() {
        yard.dispatchOnce();
        yard.acceptAll(place);
    }

    private void resize(long id, int permits) {
        database.useTransaction(transaction -> {
            Lock lock = new Locks().locked(transaction, id);
            LockDraft now = lock.draft();
            LockDraft wanted = new LockDraft(now.namespace(), now.name(), "", "", now.kind(), permits);
            new LockChanges().update(transaction, id, lock.version(), wanted, new Actor("ada", null));
        });
    }

    private long pausedQueue() {
        long queue = yard.queue(1, null);
        yard.change("UPDATE queue SET paused_at = clock_timestamp() WHERE id = :id", Map.of("id", queue));
        return queue;
    }

    private void move(long run, long queue) {
        database.useTransaction(transaction -> new Moving().move(transaction, List.of(run), queue));
    }

    private void pause(long queue, boolean paused) {
        Actor ada = new Actor("ada", null);
        QueueChanges changes = new QueueChanges();
        database.useTransaction(transaction -> {
            if (paused) {
                changes.pause(transaction, queue, ada);
            } else {
                changes.resume(transaction, queue, ada);
            }
        });
    }

    private List<String> states(long... runs) {
        return java.util.Arrays.stream(runs).mapToObj(yard::state).toList();
    }

    private List<String> states(List<Long> runs) {
        return runs.stream().map(yard::state).toList();
    }
}
