package io.yardmaster.web.run;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.dispatch.ForceClose;
import io.yardmaster.job.JobRules;
import io.yardmaster.queue.Holding;
import io.yardmaster.queue.Moving;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueRoom;
import io.yardmaster.queue.Queues;
import io.yardmaster.queue.RunAct;
import io.yardmaster.queue.RunOrder;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import io.yardmaster.web.health.Canary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What operators do with one run. Each act makes one entry of the audit; one that is done already changes nothing and makes
 * none; one that does not fit the run's state is refused with the state and what is possible.
 */
public final class RunOperations {
    /** The run may go on between two statements: it is looked at again. */
    private static final int LOOKS = 3;

    private final Holding holding = new Holding();
    private final Moving moving = new Moving();
    private final Queues queues = new Queues();
    private final RunActions actions;
    private final ForceClose forceClose;

    public RunOperations(RunActions actions, ForceClose forceClose) {
        this.actions = actions;
        this.forceClose = forceClose;
    }

    /** Keeps a waiting run back. @return the run as it is then */
    public Run hold(Transaction transaction, long id, String given, Caller caller) {
        String reason = Reasons.optional(given);
        return new Act(transaction, id, RunAct.HOLD, caller)
                .take(
                        () -> !holding.hold(transaction, List.of(id), caller.getName(), reason)
                                .isEmpty(),
                        run -> run.state() == RunState.HELD,
                        () -> Map.of("reason", reason));
    }

    /** Lets a held run go. @return the run as it is then */
    public Run release(Transaction transaction, long id, Caller caller) {
        return new Act(transaction, id, RunAct.RELEASE, caller)
                .take(
                        () -> !holding.release(transaction, List.of(id)).isEmpty(),
                        run -> RunAct.HOLD.fits(run.state()),
                        Map::of);
    }

    /**
     * Gives a waiting run to another queue.
     *
     * @param to {@code namespace/name}
     * @return the run as it is then
     * @throws Invalid if there is no such queue that the caller may move runs to
     * @throws Conflict if as many runs wait there as may
     */
    public Run move(Transaction transaction, long id, String to, Caller caller) {
        Run before = actions.find(transaction, id, Permission.OPERATE, caller);
        Queue queue = queue(transaction, to, caller);
        if (RunAct.MOVE.fits(before.state()) && before.queue().id() != queue.id()) {
            QueueRoom.demandAny(transaction, queue.id());
        }
        Map<Long, Long> moved = new HashMap<>();
        return new Act(transaction, id, RunAct.MOVE, caller)
                .take(
                        () -> {
                            moved.putAll(moving.move(transaction, List.of(id), queue.id()));
                            return !moved.isEmpty();
                        },
                        run -> RunAct.MOVE.fits(run.state()) && run.queue().id() == queue.id(),
                        () -> Map.of("from", name(transaction, moved.get(id)), "to", queue.fullName()));
    }

    /**
     * Gives a waiting run another priority; its place changes if its queue goes by that.
     *
     * @param priority null is refused
     * @return the run as it is then
     */
    public Run reprioritise(Transaction transaction, long id, Integer priority, String given, Caller caller) {
        checkPriority(priority);
        String reason = Reasons.optional(given);
        Map<Long, Integer> changed = new HashMap<>();
        return new Act(transaction, id, RunAct.PRIORITY, caller)
                .take(
                        () -> {
                            changed.putAll(RunOrder.reprioritise(transaction, List.of(id), priority));
                            return !changed.isEmpty();
                        },
                        run -> RunAct.PRIORITY.fits(run.state())
                                && run.urgency().priority() == priority,
                        () -> Map.of("from", changed.get(id).toString(), "to", priority.toString(), "reason", reason));
    }

    /** @throws Invalid if it is missing or none that a run can have */
    static void checkPriority(Integer priority) {
        Invalid.Problems problems = new Invalid.Problems();
        JobRules.checkPriority(priority, problems);
        problems.throwIfAny();
    }

    /** Ends a run without its node's word, as one of {@link ForceClose#ENDS}. @return the run as it is then */
    public Run forceClose(Transaction transaction, long id, RunState state, String given, Caller caller) {
        Invalid.Problems problems = new Invalid.Problems();
        problems.check(
                state != null && ForceClose.ENDS.contains(state), "state", state, "invalid.choice", ForceClose.ENDS);
        String reason = Reasons.needed(given, problems);
        problems.throwIfAny();
        return new Act(transaction, id, RunAct.FORCE_CLOSE, caller)
                .take(
                        () -> forceClose.close(transaction, id, state, caller.getName(), reason),
                        run -> false,
                        () -> Map.of("state", state.name(), "reason", reason));
    }

    /** How long after its cancellation was asked for a run may be closed on a node that answers. */
    long patienceSeconds() {
        return forceClose.patienceSeconds();
    }

    /** The queue of that name which is not archived, if the caller may move runs to it: otherwise it is as if there were none. */
    Queue queue(Transaction transaction, String full, Caller caller) {
        String[] parts = full == null ? new String[0] : full.strip().split("/", 2);
        if (parts.length < 2) {
            throw new Invalid("queue", full, "invalid.full-name");
        }
        return queues.find(transaction, parts[0], parts[1])
                .filter(found -> isTarget(found, caller))
                .orElseThrow(() -> new Invalid("queue", full, "invalid.unknown"));
    }

    private String name(Transaction transaction, long queue) {
        return queues.find(transaction, queue).map(Queue::fullName).orElseThrow();
    }

    /** The full names of those that {@link #queue} finds. */
    List<String> targets(Transaction transaction, Caller caller) {
        return queues.list(transaction).stream()
                .filter(queue -> isTarget(queue, caller))
                .map(Queue::fullName)
                .toList();
    }

    /** Not the canary's: what waits there for long is cancelled. */
    private static boolean isTarget(Queue queue, Caller caller) {
        return queue.isOpenTo(caller.namespaces(Permission.OPERATE))
                && !queue.fullName().equals(Canary.QUEUE);
    }

    private final class Act {
        private final Transaction transaction;
        private final long id;
        private final RunAct act;
        private final Caller caller;

        Act(Transaction transaction, long id, RunAct act, Caller caller) {
            this.transaction = transaction;
            this.id = id;
            this.act = act;
            this.caller = caller;
        }

        /** @param detail of what was changed, asked for once it is */
        Run take(BooleanSupplier change, Predicate<Run> isDone, Supplier<Map<String, String>> detail) {
            Run run = find();
            for (int look = 1; look <= LOOKS; look++) {
                if (change.getAsBoolean()) {
                    actions.record(transaction, act, run, detail.get(), caller);
                    return find();
                }
                run = find();
                if (isDone.test(run)) {
                    return run;
                }
            }
            throw act.unfit(id, run.state());
        }

        private Run find() {
            return actions.find(transaction, id, Permission.OPERATE, caller);
        }
    }
}
