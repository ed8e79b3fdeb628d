package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds the stretches of which nothing is known, the newest first, by halving the time: cheap where there are none. */
final class Gaps {
    private static final int MOST_GAPS = 20;
    private static final int MOST_QUESTIONS = 400;

    private final Ledger ledger;
    private final Transaction transaction;
    private final Accountable of;
    private final List<OnStretch> stretches;
    private final List<LedgerEntry> found = new ArrayList<>();
    private int questions;

    private Gaps(Ledger ledger, Transaction transaction, Accountable of, List<OnStretch> stretches) {
        this.ledger = ledger;
        this.transaction = transaction;
        this.of = of;
        this.stretches = stretches;
    }

    static List<LedgerEntry> find(
            Ledger ledger, Transaction transaction, Accountable of, Instant from, Instant through) {
        List<OnStretch> stretches = ledger.stretches(transaction, of, from, through);
        Gaps gaps = new Gaps(ledger, transaction, of, stretches);
        gaps.look(from, through);
        return gaps.found;
    }

    private void look(Instant from, Instant through) {
        if (questions++ >= MOST_QUESTIONS || found.size() >= MOST_GAPS) {
            return;
        }
        long missing = ledger.of(transaction, List.of(of), from, through)
                .get(of.schedule())
                .unaccounted();
        if (missing == 0) {
            return;
        }
        boolean all = missing == count(from, through);
        if (all || Duration.between(from, through).toSeconds() <= 1) {
            add(all ? first(from, through) : through, all ? last(from, through) : through, missing);
            return;
        }
        Instant half = Instant.ofEpochSecond((from.getEpochSecond() + through.getEpochSecond() + 1) / 2);
        look(half, through);
        look(from, half);
    }

    /** What joins the gap after it is one with it. */
    private void add(Instant first, Instant last, long missing) {
        LedgerEntry after = found.isEmpty() ? null : found.get(found.size() - 1);
        if (after != null && count(last, after.from()) == 1) {
            found.remove(after);
            found.add(
                    new LedgerEntry(first, after.through(), missing + after.instants(), LedgerEntry.UNACCOUNTED, null));
        } else {
            found.add(new LedgerEntry(first, last, missing, LedgerEntry.UNACCOUNTED, null));
        }
    }

    private Instant first(Instant from, Instant through) {
        return narrowed(from, through, middle -> count(from, middle) > 0);
    }

    private Instant last(Instant from, Instant through) {
        return narrowed(from, through, middle -> count(middle, through) == 0);
    }

    /** The first whole second after {@code from} from which on it is {@code so}. */
    static Instant narrowed(Instant from, Instant through, Predicate<Instant> so) {
        long low = from.getEpochSecond();
        long high = through.getEpochSecond();
        while (high - low > 1) {
            long middle = (low + high) / 2;
            if (so.test(Instant.ofEpochSecond(middle))) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Instant.ofEpochSecond(high);
    }

    private long count(Instant from, Instant through) {
        return OnStretch.expected(stretches, from, through);
    }
}
