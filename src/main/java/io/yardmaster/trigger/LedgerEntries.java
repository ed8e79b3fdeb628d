package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The ledger of one schedule, newest first: runs, what stands between them instead, and what is missing. */
public final class LedgerEntries {
    /** Index {@code fire_range_by_schedule}. */
    private static final String RANGES = """
            SELECT from_at, through_at, instants, reason, detail FROM fire_range
            WHERE schedule_id = :schedule AND from_at <= :through AND through_at > :from
            ORDER BY from_at DESC, id DESC LIMIT :limit
            """;

    /** Instants of a page, so that it takes a second or two. */
    static final long MOST_INSTANTS = 200_000;

    private final Ledger ledger;

    public LedgerEntries(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * One page.
     *
     * @param next before which instant to go on; null if this is all
     */
    public record Found(List<LedgerEntry> entries, Account account, Instant next) {}

    /** Those of (from, through]; at most {@code limit} ranges with the runs between them, and {@link #MOST_INSTANTS}. */
    public Found of(Transaction transaction, Accountable of, Instant from, Instant through, int limit) {
        Instant reach = reach(ledger.stretches(transaction, of, from, through), from, through);
        List<LedgerEntry> ranges = ranges(transaction, of.schedule(), reach, through, limit + 1);
        Instant begin = ranges.size() > limit
                ? OnStretch.latest(reach, ranges.get(limit - 1).from().minusNanos(1000))
                : reach;
        Account account = account(transaction, of, begin, through);
        List<LedgerEntry> gaps =
                account.unaccounted() == 0 ? List.of() : Gaps.find(ledger, transaction, of, begin, through);
        List<LedgerEntry> known = Stream.concat(ranges.stream().limit(limit), gaps.stream())
                .sorted(Comparator.comparing(LedgerEntry::from).reversed())
                .toList();
        return new Found(
                withRuns(transaction, of, known, begin, through),
                account(transaction, of, from, through),
                begin.isAfter(from) ? begin : null);
    }

    /** Where a page ends that goes back from {@code through}. */
    private static Instant reach(List<OnStretch> stretches, Instant from, Instant through) {
        return OnStretch.expected(stretches, from, through) <= MOST_INSTANTS
                ? from
                : Gaps.narrowed(
                        from, through, middle -> OnStretch.expected(stretches, middle, through) <= MOST_INSTANTS);
    }

    private List<LedgerEntry> withRuns(
            Transaction transaction, Accountable of, List<LedgerEntry> known, Instant from, Instant through) {
        List<LedgerEntry> all = new ArrayList<>();
        Instant end = through;
        for (LedgerEntry entry : known) {
            addRuns(transaction, of, all, entry.through(), end);
            all.add(entry);
            end = OnStretch.earliest(end, entry.from().minusNanos(1000));
        }
        addRuns(transaction, of, all, from, end);
        return all;
    }

    private void addRuns(
            Transaction transaction, Accountable of, List<LedgerEntry> all, Instant after, Instant through) {
        long runs = through.isAfter(after)
                ? account(transaction, of, after, through).runs()
                : 0;
        if (runs > 0) {
            all.add(new LedgerEntry(after, through, runs, LedgerEntry.RUN, null));
        }
    }

    private Account account(Transaction transaction, Accountable of, Instant from, Instant through) {
        return ledger.of(transaction, List.of(of), from, through).get(of.schedule());
    }

    private static List<LedgerEntry> ranges(
            Transaction transaction, long schedule, Instant from, Instant through, int limit) {
        return transaction
                .sql()
                .createQuery(RANGES)
                .bind("schedule", schedule)
                .bind("from", from)
                .bind("through", through)
                .bind("limit", limit)
                .map((row, context) -> new LedgerEntry(
                        Timetables.instant(row, "from_at"),
                        Timetables.instant(row, "through_at"),
                        row.getLong("instants"),
                        row.getString("reason"),
                        row.getString("detail")))
                .list();
    }
}
