package io.yardmaster.queue;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.LockReleases;
import java.util.List;
import java.util.Objects;

/** Runs whose attempt, or offer, is over, and that are to have another. */
final class GivenBack {
    /** Why a run is held that somebody had paused. */
    static final String HELD_REASON = "its node was lost while it was paused by hand";

    /**
     * Each in its old place. Who paused it by hand wanted it to stand still until somebody says otherwise, so it begins anew only
     * when it is released. Locked by ascending id.
     */
    private static final String TAKE = """
            WITH back AS MATERIALIZED (
                SELECT id, state <> 'ASSIGNED' AND paused_by IS NOT NULL AS by_hand FROM run
                WHERE id = ANY (:runs) AND state IN ('ASSIGNED', 'RUNNING', 'PAUSED')
                ORDER BY id FOR UPDATE
            )
            UPDATE run r SET
                state = CASE WHEN by_hand THEN 'HELD' ELSE 'QUEUED' END,
                generation = CASE WHEN NOT by_hand THEN ready_generation() END,
                held_at = CASE WHEN by_hand THEN clock_timestamp() END, held_by = CASE WHEN by_hand THEN r.paused_by END,
                held_reason = CASE WHEN by_hand THEN :reason END,
                session_id = NULL, node_id = NULL, offered_at = NULL, started_at = NULL,
                attempts = CASE WHEN r.state = 'ASSIGNED' THEN r.attempts ELSE r.attempts || (jsonb_build_object(
                    'attempt', r.attempt, 'epoch', r.epoch, 'node', r.node_id::text, 'startedAt', r.started_at,
                    'endedAt', clock_timestamp(), 'outcome', 'LOST') || CASE WHEN r.pauses > 0
                        THEN jsonb_build_object('ranSeconds', r.ran_seconds, 'pauses', r.pauses) ELSE '{}' END) END
            FROM back WHERE r.id = back.id
            RETURNING CASE WHEN by_hand AND r.permits IS NOT NULL THEN r.job_id END AS gate,
                CASE WHEN r.claim_id IS NOT NULL THEN r.id END AS claimant
            """;

    private GivenBack() {}

    /**
     * What a run leaves.
     *
     * @param gate null unless somebody may pass it now
     * @param claimant the run, if it had locks
     */
    private record Freed(Long gate, Long claimant) {}

    /** @return how many were on a node */
    static int take(Transaction transaction, List<Long> runs) {
        transaction.announce(Channel.RUNS_READY);
        List<Freed> freed = transaction
                .sql()
                .createQuery(TAKE)
                .bindArray("runs", Long.class, runs)
                .bind("reason", HELD_REASON)
                .map((row, context) ->
                        new Freed(row.getObject("gate", Long.class), row.getObject("claimant", Long.class)))
                .list();
        Gates.wake(
                transaction,
                freed.stream().map(Freed::gate).filter(Objects::nonNull).toList());
        LockReleases.release(
                transaction,
                freed.stream().map(Freed::claimant).filter(Objects::nonNull).toList());
        return freed.size();
    }
}
