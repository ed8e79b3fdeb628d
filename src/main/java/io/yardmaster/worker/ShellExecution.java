package io.yardmaster.worker;

import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.Report.Outcome;
import io.yardmaster.task.ShellTask;
import io.yardmaster.worker.Guardian.Ending;
import io.yardmaster.worker.Guardian.GuardianCommand;
import io.yardmaster.worker.Signals.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes a script once: prepares its directory, starts it under a guardian, and waits for whatever ends it. */
final class ShellExecution {
    private static final Logger LOG = LoggerFactory.getLogger(ShellExecution.class);
    private static final long NEVER = Long.MAX_VALUE;
    private static final int KILLED = 128 + 9;
    /** After its guardian is gone, nothing of a contained task is left that could hold its output open. */
    private static final long OUTPUT_END_LIMIT = 2_000;

    /** Between what a guardian shall do and its having done it, besides its looks at the clock. */
    private static final long SLACK = 1_000;

    private final Workshop shop;
    private final Assignment assignment;
    private final ShellTask task;
    private final Signals signals;
    private final LongSupplier leaseUntil;
    private final Pausing pausing;
    private Outcome asked;
    private boolean abandoned;
    /** The uptime from which a guardian that was told to end its task does not do so any more. */
    private long forceAt = NEVER;

    /** @param leaseUntil the uptime from which nothing may run, as known now */
    ShellExecution(
            Workshop shop,
            Assignment assignment,
            ShellTask task,
            Signals signals,
            LongSupplier leaseUntil,
            Pausing pausing) {
        this.shop = shop;
        this.assignment = assignment;
        this.task = task;
        this.signals = signals;
        this.leaseUntil = leaseUntil;
        this.pausing = pausing;
    }

    /** Empty if the attempt is not to be reported. */
    Optional<Result> execute(SpooledOutput output, Runnable news) throws InterruptedException {
        try {
            Path interpreter = shop.interpreters().find(task.interpreter());
            AttemptDirectory directory = AttemptDirectory.create(shop.data(), assignment.ref());
            try {
                return executeIn(directory, interpreter, output, news);
            } finally {
                delete(directory);
            }
        } catch (BadTask bad) {
            return Optional.of(Result.failed(bad.getMessage()));
        } catch (IOException failure) {
            return Optional.of(Result.failed("the node could not start the task: " + failure.getMessage()));
        }
    }

    private Optional<Result> executeIn(
            AttemptDirectory directory, Path interpreter, SpooledOutput output, Runnable news)
            throws IOException, InterruptedException {
        directory.write(task.script(), TaskEnvironment.of(assignment, directory, shop.environment()));
        GuardianCommand command = new GuardianCommand(
                shop.data(), shop.containment(), directory, shop.settings().tick(), interpreter.toString());
        boolean exited = false;
        try {
            Guardian guardian = Guardian.start(command, shop.path(), leaseUntil.getAsLong());
            guardian.onExit(() -> signals.give(Signal.EXITED));
            OutputPump pump = OutputPump.start(
                    guardian.output(),
                    output,
                    news,
                    "output-" + assignment.ref().run());
            supervise(guardian, directory);
            pump.finish(OUTPUT_END_LIMIT);
            Ending ending = guardian.ending();
            // one that says no status may have been killed before it could end its task
            exited = ending.status() != null;
            return result(ending, directory);
        } finally {
            if (!exited) {
                // whom nobody watches, or who does not do as told, must be gone before the run is executed elsewhere
                Leftovers.endOf(directory);
            }
        }
    }

    private void supervise(Guardian guardian, AttemptDirectory directory) throws InterruptedException {
        pausing.begin();
        Signal signal = null;
        // where there is no thread to be had, nothing tells of its exit
        while (signal != Signal.EXITED && guardian.isAlive()) {
            if (timeLeft() <= 0) {
                end(guardian, Outcome.TIMED_OUT);
            }
            long forceIn = forceAt - shop.uptime().getAsLong();
            if (forceIn <= 0) {
                forceAt = NEVER;
                LOG.error("The guardian of {} does not end its task", directory.path());
                Leftovers.endOf(directory);
            }
            signal = signals.await(Math.min(Math.min(forceIn, timeLeft()), pausing.patience()));
            pausing.look(guardian);
            if (signal != null) {
                obey(signal, guardian);
            }
        }
    }

    private long timeLeft() {
        boolean limited = assignment.timeoutMillis() != 0 && asked == null && !abandoned && !pausing.isPaused();
        return limited ? assignment.timeoutMillis() - pausing.ran() : NEVER;
    }

    private void expectEnd(long within) {
        forceAt = Math.min(
                forceAt,
                shop.uptime().getAsLong() + within + 2 * shop.settings().tick().toMillis() + SLACK);
    }

    private void obey(Signal signal, Guardian guardian) {
        switch (signal) {
            case RENEWED -> guardian.until(leaseUntil.getAsLong());
            case CANCEL -> end(guardian, Outcome.CANCELLED);
            case PACE -> pausing.obey(signals.pace(), guardian);
            case DISMISS -> {
                abandoned = true;
                terminate(guardian);
            }
            case ABANDON -> {
                abandoned = true;
                guardian.kill();
                expectEnd(0);
            }
            case EXITED -> {}
        }
    }

    private void end(Guardian guardian, Outcome outcome) {
        if (asked == null) {
            asked = outcome;
            terminate(guardian);
        }
    }

    private void terminate(Guardian guardian) {
        pausing.end();
        guardian.terminate(shop.settings().grace());
        expectEnd(shop.settings().grace().toMillis());
    }

    private Optional<Result> result(Ending ending, AttemptDirectory directory) {
        // ended by force: as a shell would say it, and as it does say where there is no namespace
        int status = ending.status() == null ? KILLED : ending.status();
        boolean leaseIsUp = shop.uptime().getAsLong() >= leaseUntil.getAsLong();
        if (abandoned || (status == KILLED && asked == null && leaseIsUp)) {
            return Optional.empty();
        }
        if (!ending.started()) {
            return Optional.of(Result.failed("the node could not start the task: " + ending.said()));
        }
        TaskResult left = TaskResult.read(directory.output());
        Outcome outcome = asked != null ? asked : status == 0 ? Outcome.SUCCEEDED : Outcome.FAILED;
        return Optional.of(
                new Result(outcome, status, joined(message(outcome, status), left.complaint()), left.values()));
    }

    private String message(Outcome outcome, int status) {
        return switch (outcome) {
            case SUCCEEDED, CANCELLED -> null;
            case TIMED_OUT -> "ended when its time limit of " + assignment.timeoutMillis() / 1000.0 + " s was over";
            case FAILED ->
                status > 128 && status <= 128 + 64 ? "ended by signal " + (status - 128) : "exit code " + status;
        };
    }

    private static String joined(String first, String second) {
        return first == null || second == null ? (first == null ? second : first) : first + "; " + second;
    }

    private static void delete(AttemptDirectory directory) {
        try {
            directory.delete();
        } catch (IOException failure) {
            LOG.warn("{} cannot be deleted: {}", directory.path(), failure.toString());
        }
    }
}
