package io.yardmaster.worker;

import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.task.NoopTask;
import io.yardmaster.task.ShellTask;
import io.yardmaster.task.Task;
import io.yardmaster.task.UnknownTask;
import io.yardmaster.task.UnreadableTask;
import io.yardmaster.worker.Signals.Signal;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt of a run, from its acceptance to its end. */
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Workshop shop;
    private final Assignment assignment;
    private final SpooledAttempt spooled;
    private final Session session;
    private final Runnable printed;
    private final Pausing pausing;
    private final Signals signals = new Signals();

    /** @param printed run whenever there is more output in the spool */
    Attempt(
            Workshop shop,
            Assignment assignment,
            SpooledAttempt spooled,
            Session session,
            Runnable printed,
            Pauses pauses) {
        this.shop = shop;
        this.assignment = assignment;
        this.spooled = spooled;
        this.session = session;
        this.printed = printed;
        this.pausing = new Pausing(assignment.ref(), pauses, shop.uptime());
    }

    RunRef ref() {
        return assignment.ref();
    }

    /** What is kept of it until a server has it. */
    SpooledAttempt spooled() {
        return spooled;
    }

    void signal(Signal signal) {
        signals.give(signal);
    }

    /** @return whether that is news */
    boolean pace(Pace wanted) {
        return signals.pace(wanted);
    }

    /** Whether there is nothing to wait for: such an attempt needs no thread of its own. */
    boolean endsAtOnce() {
        return !(assignment.task() instanceof ShellTask);
    }

    /**
     * Returns when nothing of the attempt is left; empty if it is not to be reported.
     *
     * @param uptime milliseconds of the machine's uptime
     */
    Optional<SpooledReport> execute(LongSupplier uptime) {
        long startedAt = uptime.getAsLong();
        Optional<Result> result;
        try {
            result = execute(assignment.task());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            result = Optional.empty();
        } catch (RuntimeException bug) {
            LOG.error("Run {} could not be executed, which indicates a bug", ref().run(), bug);
            result = Optional.of(Result.failed("the worker failed: " + bug));
        }
        long endedAt = uptime.getAsLong();
        return result.map(ended -> SpooledReport.of(ended, startedAt, endedAt, pausing.ranBesidePauses()));
    }

    private Optional<Result> execute(Task task) throws InterruptedException {
        if (task instanceof ShellTask shell) {
            return new ShellExecution(shop, assignment, shell, signals, session::until, pausing)
                    .execute(spooled.output(), printed);
        }
        if (task instanceof NoopTask) {
            return Optional.of(Result.succeeded());
        }
        if (task instanceof UnreadableTask unreadable) {
            return Optional.of(Result.failed("what is to be run cannot be read; " + unreadable.problem()));
        }
        String type = task instanceof UnknownTask unknown ? unknown.type() : task.toString();
        return Optional.of(Result.failed("this worker, version "
                + shop.settings().version() + ", does not know tasks of type \"" + type + "\": upgrade it"));
    }
}
