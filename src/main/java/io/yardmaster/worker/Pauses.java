package io.yardmaster.worker;

import io.yardmaster.protocol.AgentClient;
import io.yardmaster.protocol.AgentFailure;
import io.yardmaster.protocol.PauseReport;
import io.yardmaster.protocol.PauseRequest;
import io.yardmaster.protocol.RunRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the servers what came of each pause, apart from all else: somebody waits for the slot. */
final class Pauses implements SessionLoop.Task {
    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);
    private static final int MOST = 500;
    private static final long LONGEST_WAIT = 1_000;

    private final Held held;
    private final Map<RunRef, PauseReport> untold = new LinkedHashMap<>();

    Pauses(Held held) {
        this.held = held;
    }

    /** Gives the slot of an attempt away, unless so many are paused that no more may be. */
    boolean leaveSlot(RunRef ref) {
        return held.pause(ref);
    }

    void takeSlot(RunRef ref) {
        held.resume(ref);
    }

    /** Of one attempt only the last is of interest. */
    synchronized void tell(PauseReport report) {
        untold.put(report.ref(), report);
        notifyAll();
    }

    @Override
    public void run(AgentClient client, Session session) throws InterruptedException {
        while (!session.isOver()) {
            List<PauseReport> reports = await();
            try {
                if (!reports.isEmpty()) {
                    client.pauses(session.id(), new PauseRequest(reports));
                    told(reports);
                }
            } catch (AgentFailure failure) {
                session.failed(failure);
                if (failure.kind() == AgentFailure.Kind.REFUSED) {
                    LOG.error("Dropped, since the servers refuse it: {}", failure.getMessage());
                    told(reports);
                }
                session.awaitOver(session.timing().heartbeat() / 4);
            }
        }
    }

    private synchronized List<PauseReport> await() throws InterruptedException {
        long limit = System.nanoTime() + LONGEST_WAIT * 1_000_000;
        long left = LONGEST_WAIT;
        while (untold.isEmpty() && left > 0) {
            wait(left);
            left = (limit - System.nanoTime()) / 1_000_000;
        }
        return untold.values().stream().limit(MOST).toList();
    }

    private synchronized void told(List<PauseReport> reports) {
        reports.forEach(report -> untold.remove(report.ref(), report));
    }
}
