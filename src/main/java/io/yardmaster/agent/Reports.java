package io.yardmaster.agent;

import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseUnavailable;
import io.yardmaster.database.Transaction;
import io.yardmaster.database.Trouble;
import io.yardmaster.dispatch.DispatchCount;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.dispatch.PastHolders;
import io.yardmaster.dispatch.RunEpoch;
import io.yardmaster.protocol.Report;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import jakarta.ws.rs.ServiceUnavailableException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in how attempts ended, as a batch; if the batch fails, one by one, so that none holds up the others. */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final int MOST = 500;
    /** Data exception, limit exceeded (PostgreSQL, appendix A). A lock not to be had is no reason to drop a result. */
    private static final Pattern CONTENT = Pattern.compile("(22|54).*");

    private final Database database;
    private final Dispatching dispatching;
    private final AttemptEnds ends;

    Reports(Database database, Dispatching dispatching, AttemptEnds ends) {
        this.database = database;
        this.dispatching = dispatching;
        this.ends = ends;
    }

    /**
     * Makes every report durable, or knows it to be of the past.
     *
     * @throws DatabaseUnavailable if it is away; the worker sends all of them again
     * @throws ServiceUnavailableException if one could not be stored now; the worker sends all of them again
     */
    void take(long node, List<Report> reports) {
        Checks.size("reports", reports, MOST);
        List<CheckedReport> checked = reports.stream().map(CheckedReport::of).toList();
        try {
            store(node, checked);
        } catch (DatabaseUnavailable away) {
            throw away;
        } catch (RuntimeException failure) {
            LOG.warn("a batch of {} reports failed and is stored one by one", checked.size(), failure);
            storeEach(node, checked);
        } finally {
            dispatching.signal();
        }
    }

    private void storeEach(long node, List<CheckedReport> reports) {
        int failed = 0;
        for (CheckedReport report : reports) {
            failed += isStored(node, report) ? 0 : 1;
        }
        if (failed > 0) {
            throw new ServiceUnavailableException(
                    failed + " of " + reports.size() + " reports could not be stored; send them again");
        }
    }

    private boolean isStored(long node, CheckedReport report) {
        try {
            store(node, List.of(report));
            return true;
        } catch (DatabaseUnavailable away) {
            throw away;
        } catch (RuntimeException failure) {
            LOG.warn("the report of run {} could not be stored", report.ref().run(), failure);
            if (Trouble.of(failure).isPresent()) {
                // the next report would only wait for the same
                throw new ServiceUnavailableException("reports cannot be stored at the moment; send them again");
            }
            return report.result() != null && isOfContent(failure) && isStored(node, report.withoutResult());
        }
    }

    private static boolean isOfContent(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql
                        && CONTENT.matcher(String.valueOf(sql.getSQLState())).matches());
    }

    private void store(long node, List<CheckedReport> reports) {
        database.useTransaction(transaction -> store(transaction, node, reports));
    }

    private void store(Transaction transaction, long node, List<CheckedReport> reports) {
        Instant now = transaction.now();
        List<AttemptEnd> said = reports.stream().map(report -> report.end(now)).toList();
        int changed = ends.endHeld(transaction, node, said);
        if (changed < said.size()) {
            ends.note(transaction, heldOnce(transaction, node, said));
        }
        transaction.afterCommit(
                () -> dispatching.counts().add(DispatchCount.STALE_REPORTS, reports.size() - (long) changed));
    }

    /** Of {@code said} what {@code node} can know, having or having had those attempts. */
    private static List<AttemptEnd> heldOnce(Transaction transaction, long node, List<AttemptEnd> said) {
        Set<RunEpoch> held = PastHolders.held(
                transaction,
                node,
                said.stream().map(end -> new RunEpoch(end.run(), end.epoch())).toList());
        return said.stream()
                .filter(end -> held.contains(new RunEpoch(end.run(), end.epoch())))
                .toList();
    }
}
