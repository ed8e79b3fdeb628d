package io.yardmaster.queue;

import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.database.Trouble;
import io.yardmaster.run.FoundRuns;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what bulk acts ask for, on every server alike: a batch is one transaction with its place in the list, so that what a
 * server leaves undone another goes on with, and nothing is done twice. Each batch is one entry of the audit, which names its
 * runs. Who asked must have the right to at each batch: without it the rest is left undone.
 */
public final class BulkWork {
    /** So that no transaction is long. */
    static final int LARGEST_BATCH = 500;

    private static final Logger LOG = LoggerFactory.getLogger(BulkWork.class);

    private final BulkActs acts = new BulkActs();
    private final Queues queues = new Queues();
    private final FoundRuns found = new FoundRuns();
    private final Runs runs = new Runs();
    private final Holding holding = new Holding();
    private final Moving moving = new Moving();
    private final Cancellation cancellation = new Cancellation();
    private final Database database;
    private final Reruns reruns;
    private final Rights rights;

    /** Who may operate where. */
    @FunctionalInterface
    public interface Rights {
        /** Namespaces in which {@code account} may operate now; {@code *} among them stands for all. */
        Set<String> namespaces(Transaction transaction, String account);
    }

    public BulkWork(Database database, RunQueue queue, Rights rights) {
        this.database = database;
        this.rights = rights;
        this.reruns = new Reruns(queue);
    }

    /** All that there is to do now; one that fails holds up no other. */
    public void turn() {
        for (long act : database.inTransaction(acts::underWay)) {
            try {
                boolean more;
                do {
                    more = database.inTransaction(transaction -> step(transaction, act));
                } while (more);
            } catch (RuntimeException failure) {
                if (Trouble.isPassing(failure)) {
                    throw failure;
                }
                LOG.error("bulk act {} cannot go on and will be tried again", act, failure);
            }
        }
    }

    /** One batch. @return whether there may be more */
    boolean step(Transaction transaction, long id) {
        return acts.take(transaction, id).map(act -> step(transaction, act)).orElse(false);
    }

    private boolean step(Transaction transaction, BulkAct act) {
        if (!isAllowed(transaction, act)) {
            acts.refuse(transaction, act);
            return false;
        }
        FoundRuns.Range range = new FoundRuns.Range(act.progress().afterRun(), act.throughRun(), LARGEST_BATCH);
        List<Long> looked = found.ids(transaction, act.filter(), states(act.act()), range);
        List<Long> changed = looked.isEmpty() ? List.of() : change(transaction, act, looked);
        boolean over = looked.size() < LARGEST_BATCH;
        acts.wentOn(transaction, act, looked, changed.size(), over);
        if (!changed.isEmpty()) {
            record(transaction, act, changed);
        }
        return !over;
    }

    private boolean isAllowed(Transaction transaction, BulkAct act) {
        Set<String> namespaces = rights.namespaces(transaction, act.by().name());
        Long to = act.terms().queue();
        return act.filter().isWithin(namespaces)
                && (to == null
                        || queues.find(transaction, to)
                                .filter(queue -> queue.isOpenTo(namespaces))
                                .isPresent());
    }

    private static Set<RunState> states(RunAct act) {
        return Arrays.stream(RunState.values()).filter(act::fits).collect(Collectors.toSet());
    }

    private List<Long> change(Transaction transaction, BulkAct act, List<Long> ids) {
        return switch (act.act()) {
            case HOLD ->
                holding.hold(transaction, ids, act.by().name(), act.terms().reason());
            case RELEASE -> holding.release(transaction, ids);
            case MOVE ->
                List.copyOf(moving.move(transaction, ids, act.terms().queue()).keySet());
            case PRIORITY ->
                List.copyOf(RunOrder.reprioritise(transaction, ids, act.terms().priority())
                        .keySet());
            case CANCEL -> cancellation.requestAll(transaction, ids, act.by().name());
            case RERUN -> rerun(transaction, ids, act.by().name());
            case FORCE_CLOSE -> throw new IllegalStateException("runs are closed one by one");
        };
    }

    private List<Long> rerun(Transaction transaction, List<Long> ids, String by) {
        List<Long> again = new ArrayList<>();
        for (long id : ids) {
            runs.find(transaction, id).ifPresent(run -> {
                try {
                    reruns.rerun(transaction, run, null, run.parameters(), by);
                    again.add(id);
                } catch (Missing | Conflict refused) {
                    LOG.debug("run {} is not run again: its job is archived, or its queue is full", id, refused);
                }
            });
        }
        return again;
    }

    private static void record(Transaction transaction, BulkAct act, List<Long> changed) {
        Map<String, Object> detail = new TreeMap<>();
        detail.put("filter", act.typed());
        detail.put("reason", act.terms().reason());
        detail.put("changed", changed.size());
        detail.put("runs", changed.stream().sorted().map(String::valueOf).toList());
        if (act.terms().queue() != null) {
            detail.put("queue", act.terms().queue().toString());
        }
        if (act.terms().priority() != null) {
            detail.put("priority", act.terms().priority());
        }
        Subject subject = new Subject("bulk-act", null, Long.toString(act.id()));
        Audit.record(
                transaction, new AuditEntry(act.by(), "run.bulk." + act.act().word(), subject, detail));
    }
}
