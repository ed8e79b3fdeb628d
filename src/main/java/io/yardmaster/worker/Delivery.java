package io.yardmaster.worker;

import io.yardmaster.protocol.AgentClient;
import io.yardmaster.protocol.AgentFailure;
import io.yardmaster.protocol.OutputRequest;
import io.yardmaster.protocol.OutputRequest.Chunk;
import io.yardmaster.protocol.Report;
import io.yardmaster.protocol.ReportRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what is in the spool to the servers: output as it comes, and how an attempt ended once they have its output. */
final class Delivery implements SessionLoop.Task {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    /** Bytes of output in one message; bounds the memory that a message takes. */
    private static final int OUTPUT_SIZE = 1_048_576;

    private static final int REPORTS = 500;
    /** Output is gathered for so long, so that a chatty task does not cost a message for each line. */
    private static final long GATHER = 100;

    private static final long LONGEST_WAIT = 1_000;

    private final Workshop shop;
    private final Spool spool;
    private final Held held;
    private boolean printed;
    private boolean ended;
    private long outputSentAt;
    private int turn;

    Delivery(Workshop shop, Spool spool, Held held) {
        this.shop = shop;
        this.spool = spool;
        this.held = held;
    }

    /** There is more output in the spool. */
    synchronized void printed() {
        if (!printed) {
            printed = true;
            notifyAll();
        }
    }

    /** An attempt ended. */
    synchronized void ended() {
        ended = true;
        notifyAll();
    }

    @Override
    public void run(AgentClient client, Session session) throws InterruptedException {
        try {
            deliverUntilOver(client, session);
        } finally {
            spool.force();
        }
    }

    private void deliverUntilOver(AgentClient client, Session session) throws InterruptedException {
        while (!session.isOver()) {
            try {
                boolean more = sendOutput(client, session);
                sendReports(client, session);
                if (!more) {
                    awaitNews();
                }
            } catch (AgentFailure failure) {
                spool.force();
                session.failed(failure);
                session.awaitOver(session.timing().heartbeat() / 4);
            }
        }
    }

    private synchronized void awaitNews() throws InterruptedException {
        long limit = System.nanoTime() + LONGEST_WAIT * 1_000_000;
        long left = LONGEST_WAIT;
        while (!ended && left > 0) {
            wait(left);
            long until = printed ? Math.min(limit, outputSentAt + GATHER * 1_000_000) : limit;
            left = (until - System.nanoTime()) / 1_000_000;
        }
        printed = false;
        ended = false;
    }

    /** Whether there is more that need not be gathered first. */
    private boolean sendOutput(AgentClient client, Session session) throws AgentFailure {
        List<SpooledAttempt> senders = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>();
        int size = 0;
        List<SpooledAttempt> all = spool.all();
        int first = turn++;
        for (int i = 0; i < all.size() && size < OUTPUT_SIZE; i++) {
            SpooledAttempt attempt = all.get(Math.floorMod(first + i, all.size()));
            Chunk chunk = next(attempt);
            if (chunk != null) {
                senders.add(attempt);
                chunks.add(chunk);
                size += chunk.bytes().length;
            }
        }
        if (!chunks.isEmpty()) {
            deliver(chunks, part -> client.output(session.id(), new OutputRequest(part)), UnaryOperator.identity());
            senders.forEach(attempt -> attempt.output().acknowledged());
            outputSentAt = System.nanoTime();
        }
        return all.stream().anyMatch(attempt -> attempt.output().isBehind());
    }

    private void sendReports(AgentClient client, Session session) throws AgentFailure {
        List<SpooledAttempt> ready = spool.all().stream()
                .filter(SpooledAttempt::isReadyToReport)
                .limit(REPORTS)
                .toList();
        long now = shop.uptime().getAsLong();
        List<Report> reports = ready.stream()
                .filter(attempt -> attempt.report() != null)
                .map(attempt -> attempt.report()
                        .toReport(attempt.ref(), attempt.output().total(), now, Machine.bootId()))
                .toList();
        if (!reports.isEmpty()) {
            deliver(reports, part -> client.report(session.id(), new ReportRequest(part)), Delivery::bare);
        }
        for (SpooledAttempt attempt : ready) {
            spool.delete(attempt);
            held.reported(attempt.ref());
        }
    }

    /**
     * A server that refuses a message would refuse it for ever: what is wrong with it must not hold up the rest.
     *
     * @param bare gives of a refused item what a server can hardly object to, or the item itself if that is all of it
     */
    private static <T> void deliver(List<T> items, Message<T> message, UnaryOperator<T> bare) throws AgentFailure {
        try {
            message.send(items);
        } catch (AgentFailure failure) {
            if (failure.kind() != AgentFailure.Kind.REFUSED) {
                throw failure;
            }
            if (items.size() == 1) {
                refused(items.get(0), failure, message, bare);
                return;
            }
            for (T item : items) {
                deliver(List.of(item), message, bare);
            }
        }
    }

    private static <T> void refused(T item, AgentFailure failure, Message<T> message, UnaryOperator<T> bare)
            throws AgentFailure {
        T rest = bare.apply(item);
        if (rest.equals(item)) {
            LOG.error("Dropped, since the servers refuse it: {}", failure.getMessage());
            return;
        }
        LOG.error("Told without its particulars, since the servers refuse them: {}", failure.getMessage());
        deliver(List.of(rest), message, bare);
    }

    /** A run whose end is never told would be run again and again. */
    private static Report bare(Report report) {
        return new Report(
                report.ref(),
                report.outcome(),
                report.exitCode(),
                "the servers refused the particulars of the report; the worker's log says why",
                null,
                report.startedAgoMillis(),
                report.endedAgoMillis(),
                report.ranMillis(),
                report.outputBytes());
    }

    private static Chunk next(SpooledAttempt attempt) {
        try {
            return attempt.output().next();
        } catch (IOException unreadable) {
            LOG.error("Output of run {} is lost: {}", attempt.ref().run(), unreadable.toString());
            attempt.output().giveUp();
            return null;
        }
    }

    /** One message about several things. */
    private interface Message<T> {
        void send(List<T> items) throws AgentFailure;
    }
}
