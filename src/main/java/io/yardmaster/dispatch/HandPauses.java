package io.yardmaster.dispatch;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.run.RunState;

/** Pauses single runs because somebody says so. What was paused by hand resumes by hand only. */
public final class HandPauses {
    /** What a request came to. */
    public enum Outcome {
        REQUESTED,
        ALREADY
    }

    /** Indexes {@code run_pkey}, {@code run_on_session}. */
    private static final String FACTS = """
            SELECT r.state, r.cancel_requested_at IS NOT NULL AS ending, r.paused_by,
                   coalesce(r.pause_sequence > r.pause_confirmed AND r.pause_sequence % 2 = 1, false) AS pausing,
                   v.definition, (SELECT count(*) >= 4 * min(least(n.slots, s.slots))
                       FROM run p, node_session s JOIN node n ON n.id = s.node_id
                       WHERE s.id = r.session_id AND p.session_id = s.id AND p.state = 'PAUSED') AS full
            FROM run r JOIN job_version v ON v.job_id = r.job_id AND v.version = r.job_version
            WHERE r.id = :run FOR UPDATE OF r
            """;

    private static final String ASK = """
            UPDATE run SET pause_sequence = coalesce(pause_sequence, 0) + 1, pause_confirmed = coalesce(pause_confirmed, 0),
                paused_by = :by
            WHERE id = :run
            """;

    private static final String NAME = "UPDATE run SET paused_by = :by WHERE id = :run";

    private HandPauses() {}

    private record Facts(
            RunState state, boolean ending, String by, boolean pausing, boolean full, JobDefinition definition) {
        boolean isPaused() {
            return state == RunState.PAUSED;
        }
    }

    /**
     * Asks for a pause. A run that its slice has paused, or is about to, stays paused.
     *
     * @param by account that asks
     * @throws Conflict if it does not run, has ended or is to end, or cannot be paused
     */
    public static Outcome pause(Transaction transaction, long run, String by) {
        Facts facts = facts(transaction, run);
        if (!facts.isPaused() && facts.state() != RunState.RUNNING) {
            throw new Conflict("conflict.run.pause.state", facts.state());
        }
        if (facts.ending()) {
            throw new Conflict("conflict.run.pause.ending");
        }
        if (facts.isPaused() || facts.pausing()) {
            return facts.by() != null ? Outcome.ALREADY : change(transaction, NAME, run, by);
        }
        if (!facts.definition().canPause()) {
            throw new Conflict("conflict.run.pause.task");
        }
        if (facts.full()) {
            throw new Conflict("conflict.run.pause.full");
        }
        return change(transaction, ASK, run, by);
    }

    /**
     * Lets a run go on that was paused by hand, as soon as its node has a slot for it.
     *
     * @throws Conflict if no node has it, or its slice has paused it
     */
    public static Outcome resume(Transaction transaction, long run) {
        Facts facts = facts(transaction, run);
        if (!facts.isPaused() && facts.state() != RunState.RUNNING) {
            throw new Conflict("conflict.run.resume.state", facts.state());
        }
        boolean paused = facts.isPaused() || facts.pausing();
        if (paused && facts.by() == null) {
            throw new Conflict("conflict.run.resume.slice");
        }
        if (!paused) {
            return Outcome.ALREADY;
        }
        return change(transaction, facts.isPaused() ? NAME : ASK, run, null);
    }

    private static Facts facts(Transaction transaction, long run) {
        return transaction
                .sql()
                .createQuery(FACTS)
                .bind("run", run)
                .map((row, context) -> new Facts(
                        RunState.valueOf(row.getString("state")),
                        row.getBoolean("ending"),
                        row.getString("paused_by"),
                        row.getBoolean("pausing"),
                        row.getBoolean("full"),
                        JobDefinition.forRun(row.getString("definition"))))
                .findFirst()
                .orElseThrow(() -> new Conflict("conflict.run.pause.ended"));
    }

    private static Outcome change(Transaction transaction, String statement, long run, String by) {
        transaction
                .sql()
                .createUpdate(statement)
                .bind("run", run)
                .bind("by", by)
                .execute();
        transaction.announce(Channel.NODE_NEWS);
        transaction.announce(Channel.RUNS_READY);
        return Outcome.REQUESTED;
    }
}
