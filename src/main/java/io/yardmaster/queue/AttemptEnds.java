package io.yardmaster.queue;

import io.yardmaster.database.Transaction;
import io.yardmaster.run.Cause;
import io.yardmaster.run.EndedRun;
import io.yardmaster.run.RunListener;
import io.yardmaster.run.RunState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    public AttemptEnds(List<RunListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Ends every run that is still in the epoch it is reported for. Saying the same again changes nothing; what is said
     * of an older epoch is kept as a note.
     *
     * @return the runs that ended now
     */
    public List<EndedRun> end(Transaction transaction, List<AttemptEnd> ends) {
        List<EndedRun> ended = move(transaction, null, ends, false);
        if (ended.size() < ends.size()) {
            note(transaction, ends);
        }
        return ended;
    }

    /**
     * As {@link #end}, but only of runs that {@code node} holds, and without notes.
     *
     * @return the runs that ended now
     */
    public List<EndedRun> endHeld(Transaction transaction, long node, List<AttemptEnd> ends) {
        return move(transaction, node, ends, false);
    }

    /**
     * Ends a run without its node's word, as {@code end} says even if its cancellation was asked for. What the node reports
     * of it later is kept as a note.
     *
     * @return empty if the run is no longer on a node in that epoch
     */
    public Optional<EndedRun> force(Transaction transaction, AttemptEnd end) {
        return move(transaction, null, List.of(end), true).stream().findFirst();
    }

    /** Keeps of {@code said} what came of attempts that the runs have gone on without. */
    public void note(Transaction transaction, List<AttemptEnd> said) {
        if (!said.isEmpty()) {
            bound(transaction.sql().createQuery(AttemptEndSql.NOTE), said)
                    .mapTo(Long.class)
                    .list();
        }
    }

    /** @param node null for whichever holds them */
    private List<EndedRun> move(Transaction transaction, Long node, List<AttemptEnd> ends, boolean forced) {
        if (ends.isEmpty()) {
            return List.of();
        }
        List<EndedRun> ended = bound(transaction.sql().createQuery(AttemptEndSql.MOVE), ends)
                .bind("node", node)
                .bind("forced", forced)
                .map((row, context) -> new EndedRun(
                        row.getLong("id"),
                        row.getLong("job_id"),
                        row.getLong("queue_id"),
                        row.getObject("schedule_id", Long.class),
                        Cause.Kind.valueOf(row.getString("cause")),
                        RunState.valueOf(row.getString("state"))))
                .stream()
                .sorted(Comparator.comparingLong(EndedRun::id))
                .toList();
        tell(transaction, ended);
        return ended;
    }

    private void tell(Transaction transaction, List<EndedRun> ended) {
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

    private static Query bound(Query query, List<AttemptEnd> ends) {
        return query.bindArray("runs", Long.class, each(ends, AttemptEnd::run))
                .bindArray("epochs", Long.class, each(ends, AttemptEnd::epoch))
                .bindArray("states", String.class, each(ends, end -> end.state().name()))
                .bindArray("exitCodes", Integer.class, each(ends, AttemptEnd::exitCode))
                .bindArray("messages", String.class, each(ends, AttemptEnd::message))
                .bindArray(
                        "results",
                        String.class,
                        each(
                                ends,
                                end -> end.result() == null
                                        ? null
                                        : end.result().toString()))
                .bindArray("startedAts", Instant.class, each(ends, AttemptEnd::startedAt))
                .bindArray("endedAts", Instant.class, each(ends, AttemptEnd::endedAt))
                .bindArray("rans", Double.class, each(ends, AttemptEnd::ranSeconds));
    }

    private static <T> List<T> each(List<AttemptEnd> ends, Function<AttemptEnd, T> part) {
        return ends.stream().map(part).collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
    }
}
