package io.yardmaster.worker;

import io.yardmaster.protocol.AcceptAnswer;
import io.yardmaster.protocol.AcceptRequest;
import io.yardmaster.protocol.AgentClient;
import io.yardmaster.protocol.AgentFailure;
import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.PollAnswer;
import io.yardmaster.protocol.PollAnswer.Command;
import io.yardmaster.protocol.PollAnswer.Kind;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.worker.Signals.Signal;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Asks the servers for work and commands, accepts what there is a slot for, and starts what they agreed to. */
final class Offers implements SessionLoop.Task {
    /** Commands are repeated until they have taken effect; no need to hear them more often than this. */
    private static final long PAUSE = 200;

    private final Held held;
    private final Attempts attempts;
    private final BooleanSupplier draining;

    Offers(Held held, Attempts attempts, BooleanSupplier draining) {
        this.held = held;
        this.attempts = attempts;
        this.draining = draining;
    }

    @Override
    public void run(AgentClient client, Session session) throws InterruptedException {
        while (!session.isOver()) {
            long askedAt = System.nanoTime();
            try {
                PollAnswer answer = client.poll(session.id());
                // a slot that a pause frees is waited for: its next user is in the next answer
                boolean busy = answer.commands().stream().filter(this::obey).count() > 0;
                busy |= accept(answer.offers(), client, session);
                if (!busy && System.nanoTime() - askedAt < PAUSE * 1_000_000) {
                    session.awaitOver(PAUSE);
                }
            } catch (AgentFailure failure) {
                session.failed(failure);
                session.awaitOver(session.timing().heartbeat() / 4);
            }
        }
    }

    /** Hands the command on. @return whether it changes who has a slot */
    private boolean obey(Command command) {
        if (command.kind() == Kind.CANCEL) {
            held.signal(command.run(), Signal.CANCEL);
        }
        boolean pace = command.kind() == Kind.PAUSE || command.kind() == Kind.RESUME;
        return pace && held.pace(command.run(), new Pace(command.kind() == Kind.PAUSE, command.sequence()));
    }

    /** Whether anything was accepted. */
    private boolean accept(List<RunRef> offers, AgentClient client, Session session) throws InterruptedException {
        Set<RunRef> wanted = draining.getAsBoolean() ? Set.of() : held.reserve(offers);
        if (wanted.isEmpty()) {
            return false;
        }
        try {
            List<Assignment> agreed = ask(wanted, client, session);
            attempts.start(
                    agreed.stream().filter(one -> wanted.contains(one.ref())).toList(), session);
            return true;
        } finally {
            held.release(wanted);
        }
    }

    /** Asks until there is an answer: what the servers agreed to without our knowing would be held by nobody. */
    private static List<Assignment> ask(Set<RunRef> wanted, AgentClient client, Session session)
            throws InterruptedException {
        while (!session.isOver()) {
            try {
                AcceptAnswer answer = client.accept(session.id(), new AcceptRequest(List.copyOf(wanted)));
                return session.isOver() || session.leaseIsUp() ? List.of() : answer.start();
            } catch (AgentFailure failure) {
                session.failed(failure);
                if (failure.kind() == AgentFailure.Kind.REFUSED) {
                    return List.of();
                }
                session.awaitOver(session.timing().heartbeat() / 4);
            }
        }
        return List.of();
    }
}
