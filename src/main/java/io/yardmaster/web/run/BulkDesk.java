package io.yardmaster.web.run;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.BulkAct;
import io.yardmaster.queue.BulkActs;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.Queues;
import io.yardmaster.queue.RunAct;
import io.yardmaster.run.RunFilter;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What people and programs do with all runs that a filter finds: shown first, then begun. */
public final class BulkDesk {
    /** What can be done in bulk. */
    static final List<RunAct> ACTS = Arrays.stream(RunAct.values())
            .filter(act -> act != RunAct.FORCE_CLOSE)
            .toList();

    private final BulkActs acts = new BulkActs();
    private final Queues queues = new Queues();
    private final RunOperations operations;
    private final Runnable signal;

    /** @param signal lets this server go to work now */
    public BulkDesk(RunOperations operations, Runnable signal) {
        this.operations = operations;
        this.signal = signal;
    }

    /**
     * Who wants what.
     *
     * @param filter narrowed to where the caller may operate
     * @param typed the filter for people
     * @param through id of the newest run of the preview; null for none
     */
    record Wish(RunAct act, RunFilter filter, String typed, Particulars said, Long through) {}

    /**
     * What is said beside the act.
     *
     * @param reason null or empty for none
     * @param to {@code namespace/name} of the queue to move to; null or empty unless runs are moved
     * @param priority null unless they are given one
     */
    record Particulars(String reason, String to, Integer priority) {}

    /** The queues to which the caller may move runs, by their full names. */
    List<String> targets(Transaction transaction, Caller caller) {
        return operations.targets(transaction, caller);
    }

    /** @throws Invalid naming what is wrong with the wish */
    BulkPreview preview(Transaction transaction, Wish wish, Caller caller) {
        return preview(transaction, wish, check(transaction, wish, caller));
    }

    /** @return id of the bulk act, which is under way then */
    long start(Transaction transaction, Wish wish, Caller caller) {
        BulkAct.Terms terms = check(transaction, wish, caller);
        BulkPreview now = preview(transaction, wish, terms);
        if (now.changes() == 0) {
            throw new Invalid("filter", wish.typed(), "invalid.bulk.none");
        }
        if (wish.act() == RunAct.RERUN && now.more()) {
            throw new Invalid("filter", wish.typed(), "invalid.bulk.many", now.changes());
        }
        long id = transaction.nextId();
        long through = wish.through() == null ? now.through() : Math.min(wish.through(), now.through());
        acts.keep(
                transaction,
                new BulkAct(
                        id, wish.act(), changeable(wish, terms), wish.typed(), terms, caller.actor(), through, null));
        transaction.afterCommit(signal);
        return id;
    }

    private static BulkPreview preview(Transaction transaction, Wish wish, BulkAct.Terms terms) {
        return BulkPreview.read(transaction, wish.act(), wish.filter(), changeable(wish, terms));
    }

    /** Without what is already as it would be. */
    private static RunFilter changeable(Wish wish, BulkAct.Terms terms) {
        return wish.filter().without(terms.queue(), terms.priority());
    }

    /** One that the caller asked for, or who may see everything. */
    BulkAct find(Transaction transaction, long id, Caller caller) {
        return acts.find(transaction, id)
                .filter(act -> isSeen(act, caller))
                .orElseThrow(() -> new Missing("bulk act " + id));
    }

    /** Name of the queue that its runs are moved to; null unless they are. */
    String to(Transaction transaction, BulkAct act) {
        Long queue = act.terms().queue();
        return queue == null
                ? null
                : queues.find(transaction, queue).map(Queue::fullName).orElse(null);
    }

    /** The newest of those that the caller may see. */
    List<BulkAct> list(Transaction transaction, int limit, Caller caller) {
        return acts.list(transaction, caller.mayEverywhere(Permission.OPERATE) ? null : caller.getName(), limit);
    }

    /** Leaves undone what is not done. */
    void stop(Transaction transaction, long id, Caller caller) {
        find(transaction, id, caller);
        acts.stop(transaction, id, caller.actor());
    }

    private static boolean isSeen(BulkAct act, Caller caller) {
        return act.by().name().equals(caller.getName()) || caller.mayEverywhere(Permission.OPERATE);
    }

    private BulkAct.Terms check(Transaction transaction, Wish wish, Caller caller) {
        if (!ACTS.contains(wish.act())) {
            throw new Invalid("act", wish.act(), "invalid.choice", ACTS);
        }
        Particulars said = wish.said();
        Long queue = wish.act() == RunAct.MOVE ? (Long) queue(transaction, said.to(), caller) : null;
        Integer priority = wish.act() == RunAct.PRIORITY ? said.priority() : null;
        if (wish.act() == RunAct.PRIORITY) {
            RunOperations.checkPriority(priority);
        }
        return new BulkAct.Terms(Reasons.optional(said.reason()), queue, priority);
    }

    /** @throws Invalid of the field as it is called in a wish */
    private long queue(Transaction transaction, String to, Caller caller) {
        try {
            return operations
                    .queue(transaction, Objects.requireNonNullElse(to, ""), caller)
                    .id();
        } catch (Invalid unknown) {
            throw new Invalid(
                    unknown.problems().stream().map(problem -> problem.at("to")).toList());
        }
    }
}
