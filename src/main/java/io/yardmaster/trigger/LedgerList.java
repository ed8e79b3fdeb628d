package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Timetable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The accounts of many schedules, a page at a time by namespace, job and name; within the page what is unaccounted comes
 * first. Each page is bounded work, whatever it is asked for: it ends early after {@link #PATIENCE} or {@link #MOST}
 * schedules, and says where to go on.
 */
public final class LedgerList {
    public static final Duration PATIENCE = Duration.ofMillis(1500);
    public static final int MOST = 5000;
    private static final int BATCH = 25;
    /** As many runs as can be counted in two seconds or so; so that is how long a page takes beyond its patience. */
    private static final long MOST_RUNS = 2_000_000;

    /** Indexes {@code job_by_name}, {@code schedule_by_name}. */
    private static final String SCHEDULES = """
            SELECT s.id, s.job_id, t.kind, s.paused_from, j.namespace, j.name AS job, s.name,
                   s.disabled_at IS NULL AND j.disabled_at IS NULL AS enabled
            FROM job j JOIN schedule s ON s.job_id = j.id AND s.archived_at IS NULL
            JOIN timetable t ON t.id = s.timetable_id
            WHERE j.archived_at IS NULL AND (:everywhere OR j.namespace = ANY (:namespaces))
              AND (:job = '' OR position(lower(:job) IN lower(j.namespace || '/' || j.name)) > 0)
              AND (j.namespace, j.name, s.name) > (:afterNamespace, :afterJob, :afterSchedule)
            ORDER BY j.namespace, j.name, s.name LIMIT :limit
            """;

    private final Ledger ledger;
    private final LongSupplier nanos;

    /** @param nanos a monotonic clock */
    public LedgerList(Ledger ledger, LongSupplier nanos) {
        this.ledger = ledger;
        this.nanos = nanos;
    }

    /**
     * What is asked for.
     *
     * @param namespaces of the jobs; null for all
     * @param job part of {@code namespace/name}; empty for any
     * @param onlyUnaccounted leave out the schedules of which everything is known
     */
    public record Search(Set<String> namespaces, String job, boolean onlyUnaccounted, Instant from, Instant through) {
        /** How many schedules can be looked at together, though each had a run each second. */
        private int mostAtOnce() {
            long seconds = Math.max(1, Duration.between(from, through).toSeconds());
            return (int) Math.max(1, Math.min(Integer.MAX_VALUE, MOST_RUNS / seconds));
        }
    }

    /** The schedule after which a page begins. */
    public record Place(String namespace, String job, String schedule) {
        public static final Place START = new Place("", "", "");
    }

    /**
     * One page.
     *
     * @param lookedAt how many schedules were looked at for it
     * @param next where to go on; null after the last schedule
     */
    public record Found(List<LedgerLine> lines, int lookedAt, Place next) {}

    /** @param limit of the lines */
    public Found page(Transaction transaction, Search search, Place after, int limit) {
        long began = nanos.getAsLong();
        List<LedgerLine> found = new ArrayList<>();
        Place place = after;
        int lookedAt = 0;
        boolean more = true;
        while (more && found.size() < limit && lookedAt < MOST && nanos.getAsLong() - began < PATIENCE.toNanos()) {
            int wanted = Math.min(
                    search.mostAtOnce(), search.onlyUnaccounted() ? BATCH * 8 : Math.min(BATCH, limit - found.size()));
            List<LedgerLine> lines = schedules(transaction, search, place, wanted + 1);
            more = lines.size() > wanted;
            List<LedgerLine> batch = more ? lines.subList(0, wanted) : lines;
            List<LedgerLine> told = accounts(transaction, search, batch);
            int taken = Math.min(told.size(), limit - found.size());
            found.addAll(told.subList(0, taken));
            boolean cut = taken < told.size();
            more |= cut;
            place = cut
                    ? told.get(taken - 1).place()
                    : batch.isEmpty() ? place : batch.get(batch.size() - 1).place();
            lookedAt += batch.size();
        }
        found.sort(Comparator.comparing(
                (LedgerLine line) -> -Math.max(0, line.account().unaccounted())));
        return new Found(found, lookedAt, more ? place : null);
    }

    private List<LedgerLine> accounts(Transaction transaction, Search search, List<LedgerLine> lines) {
        Map<Long, Account> accounts =
                ledger.of(transaction, lines.stream().map(LedgerLine::of).toList(), search.from(), search.through());
        return lines.stream()
                .map(line -> line.with(accounts.get(line.of().schedule())))
                .filter(line -> !search.onlyUnaccounted() || line.account().unaccounted() != 0)
                .toList();
    }

    private static List<LedgerLine> schedules(Transaction transaction, Search search, Place after, int limit) {
        return transaction
                .sql()
                .createQuery(SCHEDULES)
                .bind("everywhere", search.namespaces() == null)
                .bindArray(
                        "namespaces",
                        String.class,
                        search.namespaces() == null ? List.of() : List.copyOf(search.namespaces()))
                .bind("job", search.job())
                .bind("afterNamespace", after.namespace())
                .bind("afterJob", after.job())
                .bind("afterSchedule", after.schedule())
                .bind("limit", limit)
                .map((row, context) -> line(row))
                .list();
    }

    private static LedgerLine line(ResultSet row) throws SQLException {
        boolean delay = Timetable.Kind.valueOf(row.getString("kind")) == Timetable.Kind.DELAY;
        Accountable of = new Accountable(
                row.getLong("id"), row.getLong("job_id"), delay, Timetables.instant(row, "paused_from"));
        return new LedgerLine(
                of,
                row.getString("namespace"),
                row.getString("job"),
                row.getString("name"),
                row.getBoolean("enabled"),
                Account.NOTHING);
    }
}
