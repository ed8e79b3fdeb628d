package io.yardmaster.queue;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.LockReleases;
import io.yardmaster.run.Cause;
import io.yardmaster.run.EndedRun;
import io.yardmaster.run.RunListener;
import io.yardmaster.run.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.transaction.TransactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends runs: one statement moves their rows to history, updates statistics and the charts' roll-up; then listeners are
 * told, all in the caller's transaction.
 */
public final class AttemptEnds {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptEnds.class);

    private final List<RunListener> listeners;

    /**
     * In what way attempts end.
     *
     * @param node that held them; null for whichever
     * @param forced without the word of their nodes, as is said even if they were to be cancelled
     * @param lost with their nodes
     */
    private record How(Long node, boolean forced, boolean lost) {
        static final How SAID = new How(null, false, false);
        static final How FORCED = new How(null, true, false);
        static final How LOST = new How(null, false, true);
    }

    private record Moved(EndedRun run, boolean repeated, boolean gated, boolean claimed, boolean signals) {}

    /** The runs that ended, and how many attempts are over. */
    private record Over(List<EndedRun> ended, int attempts) {}

    public AttemptEnds(List<RunListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Ends every run that is still in the epoch it is reported for. Saying the same again changes nothing; what is said
     * of an older epoch is kept as a note.
     *
     * @return the runs that ended now, without those that are to be repeated
     */
    public List<EndedRun> end(Transaction transaction, List<AttemptEnd> ends) {
        return endAs(transaction, ends, How.SAID);
    }

    /** As {@link #end} of attempts whose node was lost, which is what their job's retries ask for. */
    public List<EndedRun> endLost(Transaction transaction, List<AttemptEnd> ends) {
        return endAs(transaction, ends, How.LOST);
    }

    private List<EndedRun> endAs(Transaction transaction, List<AttemptEnd> ends, How how) {
        Over over = move(transaction, ends, how);
        if (over.attempts() < ends.size()) {
            note(transaction, ends);
        }
        return over.ended();
    }

    /**
     * As {@link #end}, but only of runs that {@code node} holds, and without notes.
     *
     * @return how many attempts are over now, whether their runs ended or are to be repeated
     */
    public int endHeld(Transaction transaction, long node, List<AttemptEnd> ends) {
        return move(transaction, ends, new How(node, false, false)).attempts();
    }

    /**
     * Ends a run without its node's word, as {@code end} says even if its cancellation was asked for. What the node reports
     * of it later is kept as a note.
     *
     * @return empty if the run is no longer on a node in that epoch
     */
    public Optional<EndedRun> force(Transaction transaction, AttemptEnd end) {
        return move(transaction, List.of(end), How.FORCED).ended().stream().findFirst();
    }

    /** Keeps of {@code said} what came of attempts that the runs have gone on without. */
    public void note(Transaction transaction, List<AttemptEnd> said) {
        if (!said.isEmpty()) {
            bound(transaction.sql().createQuery(AttemptEndSql.NOTE), said)
                    .mapTo(Long.class)
                    .list();
        }
    }

    private Over move(Transaction transaction, List<AttemptEnd> ends, How how) {
        if (ends.isEmpty()) {
            return new Over(List.of(), 0);
        }
        List<Moved> moved = bound(transaction.sql().createQuery(AttemptEndSql.MOVE), ends)
                .bind("node", how.node())
                .bind("forced", how.forced())
                .bind("lost", how.lost())
                .bind("heldReason", GivenBack.HELD_REASON)
                .map((row, context) -> new Moved(
                        ended(row),
                        row.getBoolean("repeated"),
                        row.getBoolean("gated"),
                        row.getBoolean("claimed"),
                        row.getBoolean("signals")))
                .list();
        List<EndedRun> ended = moved.stream()
                .filter(one -> !one.repeated())
                .map(Moved::run)
                .sorted(Comparator.comparingLong(EndedRun::id))
                .toList();
        Gates.wake(
                transaction,
                moved.stream().filter(Moved::gated).map(one -> one.run().job()).toList());
        LockReleases.release(
                transaction,
                moved.stream().filter(Moved::claimed).map(one -> one.run().id()).toList());
        if (moved.stream().anyMatch(Moved::signals)) {
            transaction.announce(Channel.CONDITIONS_SIGNALLED);
        }
        tell(transaction, ended);
        return new Over(ended, moved.size());
    }

    /** A run as the statements of {@link AttemptEndSql} and {@link WaitingEnds} tell of its end. */
    static EndedRun ended(ResultSet row) throws SQLException {
        return new EndedRun(
                row.getLong("id"),
                row.getLong("job_id"),
                row.getLong("queue_id"),
                row.getObject("schedule_id", Long.class),
                Cause.Kind.valueOf(row.getString("cause")),
                RunState.valueOf(row.getString("state")));
    }

    void tell(Transaction transaction, List<EndedRun> ended) {
        if (ended.isEmpty()) {
            return;
        }
        for (RunListener listener : listeners) {
            Handle handle = transaction.sql();
            handle.savepoint("listener");
            try {
                listener.ended(transaction, ended);
                transaction.sql().releaseSavepoint("listener");
            } catch (RuntimeException failure) {
                undo(handle, failure);
                LOG.error("{} failed on the end of {} runs; they stay ended", listener, ended.size(), failure);
            }
        }
    }

    /** Where nothing can be undone the connection is lost, and the transaction with it; the failure tells of that. */
    private static void undo(Handle handle, RuntimeException failure) {
        try {
            handle.rollbackToSavepoint("listener");
        } catch (TransactionException lost) {
            failure.addSuppressed(lost);
            throw failure;
        }
    }

    static Query bound(Query query, List<AttemptEnd> ends) {
        return query.bindNamedArgumentFinder(Columns.of(ends)
                .with("runs", Long.class, AttemptEnd::run)
                .with("epochs", Long.class, AttemptEnd::epoch)
                .with("states", String.class, end -> end.state().name())
                .with("exitCodes", Integer.class, AttemptEnd::exitCode)
                .with("messages", String.class, AttemptEnd::message)
                .with(
                        "results",
                        String.class,
                        end -> end.result() == null ? null : end.result().toString())
                .with("startedAts", Instant.class, AttemptEnd::startedAt)
                .with("endedAts", Instant.class, AttemptEnd::endedAt)
                .with("rans", Double.class, AttemptEnd::ranSeconds));
    }
}
