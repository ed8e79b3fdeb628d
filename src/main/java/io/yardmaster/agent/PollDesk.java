package io.yardmaster.agent;

import io.yardmaster.database.Database;
import io.yardmaster.dispatch.Loop;
import io.yardmaster.dispatch.News;
import io.yardmaster.protocol.PollAnswer;
import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Holds open polls and answers them. All polls of this server share one query, made when something was dispatched here
 * or hinted from elsewhere, and every so often in any case.
 */
public final class PollDesk implements AutoCloseable {
    private static final Duration HOLD = Duration.ofSeconds(20);
    private static final Duration WHILE_NOBODY_ASKS = Duration.ofSeconds(10);
    private static final Duration TELL_AGAIN_AFTER = Duration.ofSeconds(1);

    private final Map<Long, OpenPoll> open = new ConcurrentHashMap<>();
    private final Told told = new Told(TELL_AGAIN_AFTER.toNanos());
    private final Database database;
    private final LongSupplier nanos;
    private final Duration lookEvery;
    private volatile boolean closed;
    private final Loop loop = new Loop("polls", this::turn);

    /** @param nanos a monotonic clock, such as {@code System::nanoTime} */
    public PollDesk(Database database, LongSupplier nanos, Duration lookEvery) {
        this.database = database;
        this.nanos = nanos;
        this.lookEvery = lookEvery;
    }

    public void start() {
        loop.start();
    }

    /** There may be news. Cheap, from any thread. */
    public void signal() {
        loop.signal();
    }

    /** Answers every open poll, so that its worker turns to another server. */
    @Override
    public void close() {
        closed = true;
        loop.close();
        open.values().forEach(poll -> answer(poll, List.of()));
    }

    /** How many polls are open. */
    public int size() {
        return open.size();
    }

    /**
     * Holds {@code response} until there is news for {@code session}; an older poll of it is answered with nothing, and
     * so is one that comes when the desk is closed.
     */
    void hold(long session, AsyncResponse response) {
        OpenPoll poll = new OpenPoll(session, response, nanos.getAsLong() + HOLD.toNanos());
        OpenPoll older = open.put(session, poll);
        if (older != null) {
            older.answerNothing();
        }
        if (closed) {
            // asked only now that the poll is in: close() either sees it or is seen
            answer(poll, List.of());
        }
        loop.signal();
    }

    /** One look for all. */
    Duration turn() {
        long now = nanos.getAsLong();
        told.forgetOld(now);
        open.values().stream().filter(poll -> poll.until() - now <= 0).forEach(poll -> answer(poll, List.of()));
        List<Long> sessions = List.copyOf(open.keySet());
        if (sessions.isEmpty()) {
            return WHILE_NOBODY_ASKS;
        }
        database.inTransaction(transaction -> News.pending(transaction, sessions)).stream()
                .collect(Collectors.groupingBy(News::session))
                .forEach((session, news) -> tell(session, told.fresh(news, now)));
        return lookEvery;
    }

    private void tell(long session, List<News> news) {
        OpenPoll poll = open.get(session);
        if (poll != null && !news.isEmpty()) {
            answer(poll, news);
        }
    }

    private void answer(OpenPoll poll, List<News> news) {
        if (open.remove(poll.session(), poll)) {
            poll.answer(new PollAnswer(
                    news.stream()
                            .filter(one -> one.kind() == News.Kind.OFFER)
                            .map(one -> Refs.toWire(one.ref()))
                            .toList(),
                    news.stream()
                            .filter(one -> one.kind() != News.Kind.OFFER)
                            .map(PollDesk::command)
                            .toList()));
        }
    }

    private static PollAnswer.Command command(News one) {
        return new PollAnswer.Command(
                PollAnswer.Kind.valueOf(one.kind().name()), Refs.toWire(one.ref()), one.sequence());
    }
}
