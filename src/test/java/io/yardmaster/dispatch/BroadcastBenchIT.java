package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.lock.Claim;
import io.yardmaster.lock.Claims;
import io.yardmaster.lock.Conditions;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.LockChanges;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.lock.Variables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What it takes to call all runs that wait for one condition, by how many they are. */
@Tag("bench")
final class BroadcastBenchIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Lock.class);

    private static final Actor ADA = new Actor("ada", null);
    private static final int CHUNK = 10_000;
    private static final int[] WAITERS = {1_000, 10_000, 100_000};

    /** As the dispatcher does when it refuses them. */
    private static final String WAIT = """
            WITH blocked AS (
                UPDATE run SET state = 'BLOCKED', generation = NULL, blocked_reason = 'LOCK' WHERE job_id = :job AND state = 'QUEUED'
                RETURNING id, queue_id, order_key, claim_id
            )
            INSERT INTO lock_ticket (lock_id, run_id, queue_id, key, units, claim_id)
            SELECT :lock, id, queue_id, order_key, 0, claim_id FROM blocked
            """;

    @Test
    void calling_all_takes_a_time_that_is_linear_in_them(Database database) {
        Yard yard = new Yard(database);
        double least = Double.MAX_VALUE;
        for (int waiters : WAITERS) {
            yard.clear();
            Lock condition = condition(database, "broadcast" + waiters);
            wait(database, yard, condition, waiters);
            POSTGRES.analyze();
            long began = System.nanoTime();
            int called = database.inTransaction(transaction -> Conditions.change(
                            transaction, condition, new Conditions.Change(Conditions.Act.BROADCAST, Map.of()), ADA)
                    .called());
            double micros = (System.nanoTime() - began)
                    / (double) Duration.ofNanos(1000).toNanos()
                    / waiters;
            System.out.printf("%d called, %.0f µs for each%n", called, micros);
            assertThat(called).isEqualTo(waiters);
            least = Math.min(least, micros);
            assertThat(micros).isLessThan(3 * least);
        }
    }

    private static Lock condition(Database database, String name) {
        LockDraft draft = new LockDraft("default", name, "", "", "CONDITION", null, Variables.of(Map.of()));
        return database.inTransaction(transaction -> new LockChanges().create(transaction, draft, ADA));
    }

    private static void wait(Database database, Yard yard, Lock condition, int waiters) {
        long job = yard.noop();
        Claim claim = new Claim(List.of(new Claim.Part(condition.id(), 0, new Claim.Wait(null, null, null))));
        long id = database.inTransaction(transaction -> Claims.id(transaction, claim));
        yard.change("UPDATE job SET claim_id = :claim WHERE id = :job", Map.of("claim", id, "job", job));
        for (int made = 0; made < waiters; made += CHUNK) {
            yard.runs(job, null, Math.min(CHUNK, waiters));
            yard.change(WAIT, Map.of("job", job, "lock", condition.id()));
        }
    }
}
