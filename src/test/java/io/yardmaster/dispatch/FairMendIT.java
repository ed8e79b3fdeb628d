package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.queue.Holding;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueChanges;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.queue.QueueOrder;
import io.yardmaster.queue.Queues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Gaps in fair shares of queues in which more runs wait than are looked at in one transaction. */
final class FairMendIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Queue.class);

    private static final Actor ADA = new Actor("ada", "127.0.0.1");
    private static final QueueOrder BY_JOB = new QueueOrder("FAIR", null, null, null, null, "JOB", null);
    private static final int AT_ONCE = 10_000;
    private static final long MINUTE = 60_000_000;

    private Yard yard;
    private long queue;

    /** One slot, which is taken. */
    @BeforeEach
    void open(Database database) {
        yard = new Yard(database);
        yard.clear();
        yard.place(1);
        queue = yard.queue(1, null);
        database.useTransaction(transaction -> {
            Queue now = new Queues().locked(transaction, queue);
            QueueDraft of = now.draft();
            QueueDraft draft = new QueueDraft(
                    of.namespace(), of.name(), of.description(), BY_JOB, of.balancer(), of.shadow(), of.limits());
            new QueueChanges().update(transaction, queue, now.version(), draft, ADA);
        });
        born(yard.noop(), 1);
        yard.dispatchOnce();
    }

    // R19: a mend that outlasts the limit of a statement would be tried again for ever, and the queue never be served
    @Test
    void no_transaction_looks_at_all_that_waits() {
        born(yard.noop(), 2 * AT_ONCE + 1);
        yard.dispatchOnce();
        long before = yard.count("SELECT CAST(CAST(pg_current_xact_id() AS text) AS bigint)");
        mend();
        assertThat(looked(before)).isEqualTo(AT_ONCE);
        mend();
        mend();
        assertThat(looked(before)).isEqualTo(2 * AT_ONCE + 1);
    }

    @Test
    void gaps_are_closed_and_each_share_keeps_its_order_however_much_waits(Database database) {
        List<Long> ours = born(yard.noop(), AT_ONCE);
        List<Long> theirs = born(yard.noop(), AT_ONCE);
        yard.dispatchOnce();
        database.useTransaction(
                transaction -> new Holding().hold(transaction, ours.subList(0, AT_ONCE / 2), ADA.name(), "later"));
        mend();
        // one of a new share, which stands where the mend has been, and one at the end of each
        long small = yard.noop();
        born(small, 1);
        born(jobOf(ours), 1);
        born(jobOf(theirs), 1);
        yard.dispatchOnce();
        for (int step = 0; step < 3; step++) {
            mend();
        }
        born(small, 1);
        born(jobOf(ours), 1);
        yard.dispatchOnce();
        assertThat(yard.count(
                        "SELECT count(*) FROM (SELECT order_key - lag(order_key) OVER (PARTITION BY job_id ORDER BY id)"
                                + " AS gap FROM run WHERE state = 'QUEUED') g WHERE gap <> " + MINUTE))
                .as("runs that do not follow upon the one before")
                .isZero();
        assertThat(yard.count("SELECT count(*) FROM (SELECT min(order_key) AS first FROM run WHERE state = 'QUEUED'"
                        + " GROUP BY job_id) s WHERE first > " + MINUTE))
                .isZero();
    }

    /** As long after the mend before as one is due. */
    private void mend() {
        yard.change(
                "UPDATE queue_state SET tags_mended_at = tags_mended_at - interval '11 s' WHERE queue_id = :queue",
                Map.of("queue", queue));
        yard.dispatchOnce();
    }

    /** Ready runs that a later transaction has locked. */
    private long looked(long before) {
        return yard.count(
                "SELECT count(*) FROM run WHERE state = 'QUEUED' AND CAST(CAST(xmax AS text) AS bigint) > " + before);
    }

    private List<Long> born(long job, int count) {
        List<Long> runs = yard.runs(job, queue, count);
        yard.change(
                "UPDATE run SET order_key = 9223372036854775807 WHERE job_id = :job AND id >= :first",
                Map.of("job", job, "first", runs.get(0)));
        return runs;
    }

    private long jobOf(List<Long> runs) {
        return yard.count("SELECT job_id FROM run WHERE id = " + runs.get(0));
    }
}
