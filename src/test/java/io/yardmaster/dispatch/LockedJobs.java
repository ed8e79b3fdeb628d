package io.yardmaster.dispatch;

import io.yardmaster.database.Database;
import io.yardmaster.lock.LockUpkeep;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.Holding;
import io.yardmaster.run.RunState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Locks, jobs that need them, and what happens to their runs. */
record LockedJobs(Database database, Yard yard) {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final AttemptEnds ENDS = new AttemptEnds(List.of());

    /** What a writer takes. */
    static final int ALL = 1_000_000;

    /** @param units of it */
    record Part(long lock, int units) {}

    long mutex() {
        return lock("MUTEX", 1);
    }

    long readWrite() {
        return lock("READ_WRITE", ALL);
    }

    long semaphore(int permits) {
        return lock("SEMAPHORE", permits);
    }

    private long lock(String kind, int capacity) {
        return yard.one("""
                WITH l AS (
                    INSERT INTO lock (namespace, name, kind, permits)
                    VALUES ('default', :name, :kind, CASE WHEN :kind = 'SEMAPHORE' THEN :capacity END) RETURNING id)
                INSERT INTO lock_state (lock_id, capacity) SELECT id, :capacity FROM l RETURNING lock_id""", Map.of("name", "lock" + NAMES.incrementAndGet(), "kind", kind, "capacity", capacity));
    }

    /** A no-op that needs one unit of {@code lock}. */
    long job(long lock) {
        return job(new Part(lock, 1));
    }

    /** A no-op that needs all of {@code parts}, which are ascending by lock. */
    long job(Part... parts) {
        return claim(yard.noop(), parts);
    }

    /** @return {@code job}, which needs {@code parts} from now on */
    long claim(long job, Part... parts) {
        String locks =
                Arrays.toString(Arrays.stream(parts).mapToLong(Part::lock).toArray());
        String units =
                Arrays.toString(Arrays.stream(parts).mapToInt(Part::units).toArray());
        yard.change("""
                WITH c AS (
                    INSERT INTO claim (locks, units) VALUES (CAST(:locks AS bigint[]), CAST(:units AS integer[]))
                    ON CONFLICT ON CONSTRAINT claim_once DO UPDATE SET locks = excluded.locks RETURNING id)
                UPDATE job SET claim_id = c.id FROM c WHERE job.id = :job""", Map.of("locks", braced(locks), "units", braced(units), "job", job));
        return job;
    }

    private static String braced(String array) {
        return array.replace('[', '{').replace(']', '}');
    }

    long run(long job) {
        return runs(job, null, 1).get(0);
    }

    /** In {@code queue}, the job's own if null; in their order as if they had come one after the other. */
    List<Long> runs(long job, Long queue, int count) {
        List<Long> runs = yard.runs(job, queue, count);
        yard.change(
                "UPDATE run SET order_key = extract(epoch FROM ready_at) * 1000000 WHERE job_id = :job AND order_key < 1000000000000000",
                Map.of("job", job));
        return runs;
    }

    /** Its attempt succeeds, if it has not ended. */
    void end(long run) {
        long epoch = yard.count("SELECT coalesce(max(epoch), 0) FROM run WHERE id = " + run);
        database.useTransaction(transaction -> ENDS.end(
                transaction,
                List.of(new AttemptEnd(run, epoch, RunState.SUCCEEDED, 0, null, null, null, Instant.now()))));
    }

    void cancel(long run) {
        database.useTransaction(transaction -> new Cancellation().request(transaction, run, "ada"));
    }

    void hold(long run) {
        database.useTransaction(transaction -> new Holding().hold(transaction, List.of(run), "ada", ""));
    }

    void release(long run) {
        database.useTransaction(transaction -> new Holding().release(transaction, List.of(run)));
    }

    /** All calls are so old that they have come to nothing. */
    void lapse() {
        yard.change("""
                WITH locks AS MATERIALIZED (SELECT lock_id FROM lock_state ORDER BY lock_id FOR UPDATE)
                UPDATE lock_ticket SET called_at = called_at - interval '1 minute' WHERE lock_id IN (SELECT lock_id FROM locks)""", Map.of());
        database.inTransaction(LockUpkeep::lapse);
    }

    int forgotten() {
        return database.inTransaction(LockUpkeep::repair);
    }

    long held(long lock) {
        return yard.count("SELECT coalesce(sum(units), 0) FROM lock_hold WHERE lock_id = " + lock);
    }

    long tickets(long lock) {
        return yard.count("SELECT count(*) FROM lock_ticket WHERE lock_id = " + lock);
    }

    List<Long> tokens(long lock) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT token FROM lock_hold WHERE lock_id = :lock ORDER BY run_id")
                .bind("lock", lock)
                .mapTo(Long.class)
                .list());
    }
}
