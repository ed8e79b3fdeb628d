package io.yardmaster.worker;

import io.yardmaster.protocol.AgentClient;
import io.yardmaster.protocol.AgentFailure;
import io.yardmaster.protocol.Heartbeat;
import io.yardmaster.protocol.HeartbeatAnswer;
import io.yardmaster.worker.Signals.Signal;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Keeps a session alive: says what is held, learns what is no longer the worker's, and hands the lease on. */
final class Heartbeats implements SessionLoop.Task {
    private final Workshop shop;
    private final Held held;
    private final LoadProbe load;
    private final BooleanSupplier draining;

    Heartbeats(Workshop shop, Held held, LoadProbe load, BooleanSupplier draining) {
        this.shop = shop;
        this.held = held;
        this.load = load;
        this.draining = draining;
    }

    @Override
    public void run(AgentClient client, Session session) throws InterruptedException {
        long period = session.timing().heartbeat();
        long wait = 0;
        while (!session.awaitOver(wait)) {
            long sentAt = shop.uptime().getAsLong();
            try {
                beat(client, session, sentAt);
                wait = Math.max(0, sentAt + period - shop.uptime().getAsLong());
            } catch (AgentFailure failure) {
                session.failed(failure);
                // the poll hangs on the same server, and would go on doing so
                client.giveUpPoll();
                wait = period / 4;
            }
        }
    }

    private void beat(AgentClient client, Session session, long sentAt) throws AgentFailure {
        Heartbeat heartbeat = new Heartbeat(
                held.refs(), load.measure(held.busySlots()), draining.getAsBoolean(), System.currentTimeMillis());
        Duration timeout = Duration.ofMillis(session.timing().heartbeat() / 2);
        HeartbeatAnswer answer = client.heartbeat(session.id(), heartbeat, timeout);
        session.acknowledged(sentAt);
        answer.kill().forEach(ref -> held.signal(ref, Signal.ABANDON));
        held.signalAll(Signal.RENEWED);
    }
}
