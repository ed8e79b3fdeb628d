package io.yardmaster.dispatch;

import io.yardmaster.database.Database;
import io.yardmaster.queue.FairTags;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Offers ready runs to nodes. Every server has one; they agree through row locks alone. It works when it is signalled,
 * when another server hints, and once a second in any case, which is what counts.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Duration REST = Duration.ofSeconds(1);
    /** So that slices end in time though there is ever more to offer. */
    private static final int PASSES_BETWEEN_SLICES = 20;

    private static final Duration REST_WHILE_BUSY_ELSEWHERE = Duration.ofMillis(20);

    private final Database database;
    private final Offering offering;
    private final Resuming resuming;
    private final Slicing slicing;
    private final DispatchCounts counts;
    private final Runnable offersMade;
    /** Queues whose last turn came to nothing, though they wait: nothing is kept back from the others for them. */
    private final Set<Long> fruitless = new HashSet<>();

    private final Loop loop = new Loop("dispatcher", this::turn);

    /** @param offersMade is called after each commit of offers */
    Dispatcher(Database database, Offering offering, Resuming resuming, DispatchCounts counts, Runnable offersMade) {
        this.database = database;
        this.offering = offering;
        this.resuming = resuming;
        this.slicing = new Slicing(database, offering.candidates());
        this.counts = counts;
        this.offersMade = offersMade;
    }

    public void start() {
        loop.start();
    }

    /** Something may be dispatched now: a run became ready, or a slot free. Cheap, from any thread. */
    public void signal() {
        loop.signal();
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        Pass pass;
        fruitless.clear();
        int passes = 0;
        do {
            pass = pass();
        } while (pass.offered() > 0 && ++passes < PASSES_BETWEEN_SLICES);
        Duration slice = slicing.end();
        if (pass.offered() > 0) {
            return Duration.ZERO;
        }
        Duration rest = pass.busyElsewhere() ? REST_WHILE_BUSY_ELSEWHERE : REST;
        return slice.compareTo(rest) < 0 ? slice : rest;
    }

    /** Ends the slices that are over. */
    void endSlices() {
        slicing.end();
    }

    /** What one pass over all queues came to. */
    record Pass(int offered, boolean busyElsewhere) {}

    /**
     * Serves each waiting queue once.
     *
     * @throws RuntimeException the first failure, after all queues had their turn: a bad one stops no other
     */
    Pass pass() {
        List<QueueTurn> all = database.inTransaction(QueueTurns::waiting);
        List<QueueTurn> turns = all.stream().filter(QueueTurn::waits).toList();
        // one queue alone may have all there is, which the offer counts
        int free = turns.size() < 2 ? Offering.LARGEST_BATCH : database.inTransaction(offering::free);
        int offered = 0;
        boolean busy = false;
        RuntimeException failure = null;
        for (QueueTurn turn : all) {
            try {
                giveTags(turn);
                // a node that drains lets its paused runs go on though no slot is free for others
                if (!turn.waits() || (offered >= free && !turn.paused())) {
                    continue;
                }
                int most = QueueTurns.share(turn, competing(turn, turns), Math.max(1, free));
                Offering.Offered here = serve(turn, most);
                offered += here.runs();
                busy |= here.busy();
            } catch (RuntimeException bad) {
                failure = failure == null ? bad : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return new Pass(offered, busy);
    }

    /** Also where no slot is free, since pages tell what goes first. */
    private void giveTags(QueueTurn turn) {
        boolean more = turn.untagged();
        while (more) {
            more = database.inTransaction(transaction -> FairTags.give(transaction, turn.queue()));
        }
    }

    private List<QueueTurn> competing(QueueTurn turn, List<QueueTurn> turns) {
        return turns.stream()
                .filter(other -> other.equals(turn) || !fruitless.contains(other.queue()))
                .toList();
    }

    private Offering.Offered serve(QueueTurn turn, int share) {
        Resuming.Resumed contest = turn.paused()
                ? database.inTransaction(transaction -> resuming.resume(transaction, turn, share))
                : Resuming.Resumed.NONE;
        Offering.Offered resumed = contest.offered();
        int left = resumed.busy() ? 0 : share - resumed.runs();
        Offering.Offered offered = turn.ready() && left > 0
                ? database.inTransaction(
                        transaction -> offering.offer(transaction, turn.after(resumed.runs()), left, contest.kept()))
                : Offering.Offered.NONE;
        if (resumed.runs() + offered.runs() == 0 && !resumed.busy() && !offered.busy()) {
            fruitless.add(turn.queue());
        } else {
            fruitless.remove(turn.queue());
        }
        if (offered.runs() > 0) {
            counts.add(DispatchCount.BATCHES, 1);
            counts.add(DispatchCount.OFFERED, offered.runs());
        }
        if (offered.runs() + resumed.runs() > 0) {
            offersMade.run();
        }
        return new Offering.Offered(offered.runs() + resumed.runs(), offered.busy() || resumed.busy());
    }
}
