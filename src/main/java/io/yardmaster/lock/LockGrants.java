package io.yardmaster.lock;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.LockLine.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives locks to runs that are about to be offered to nodes: all that a run needs, or none, and then it waits and has nothing. So there is
 * no hold-and-wait among them and no deadlock (Coffman, Elphick, Shoshani 1971). For one transaction, which has locked the runs.
 *
 * <p>Rows of locks are never waited for: what somebody else has is left to the next look.
 */
public final class LockGrants {
    /**
     * Index {@code lock_ticket_by_run}. At a condition a run passes once it was signalled, if that is what it waits for, or when it has
     * waited long enough.
     */
    private static final String TICKETS = """
            SELECT run_id, lock_id, key, NOT refused AND claim_id IS NOT NULL AS signalled,
                   coalesce(otherwise = 'RUN' AND until <= clock_timestamp(), false) AS waived
            FROM lock_ticket WHERE run_id = ANY (:runs)
            """;

    /** Indexes {@code lock_state_pkey}, {@code lock_ticket_by_run}. */
    private static final String TAKE = """
            WITH taken AS (
                INSERT INTO lock_hold (lock_id, run_id, epoch, units, token)
                SELECT lock, run, epoch, units, token FROM unnest(:locks, :runs, :epochs, :units, :tokens) AS h (lock, run, epoch, units, token)
            ), spent AS (
                UPDATE lock_state s SET token = h.token
                FROM (SELECT lock, max(token) AS token FROM unnest(:locks, :tokens) AS t (lock, token) GROUP BY lock) h
                WHERE s.lock_id = h.lock
            )
            DELETE FROM lock_ticket WHERE run_id = ANY (:granted)
            """;

    private final Transaction transaction;
    private final Claims claims;
    private final long queue;
    private final Map<Long, Claim> known = new HashMap<>();
    /** As they are in the database, with the refusals of this transaction; without what it would grant. */
    private final LockView view = new LockView();

    private final Map<Long, Long> tokens = new HashMap<>();
    private final Set<Long> looked = new HashSet<>();
    private final Map<Long, Long> ticketKeys = new HashMap<>();
    private final Map<Long, Claimant> seen = new HashMap<>();
    private LockDecision last = new LockDecision(Set.of(), List.of(), 0);

    /** @param queue whose runs they are */
    public LockGrants(Transaction transaction, Claims claims, long queue) {
        this.transaction = transaction;
        this.claims = claims;
        this.queue = queue;
    }

    /**
     * Looks at {@code runs} in their order. Those that are refused are blocked, with a ticket at each lock that refused them.
     *
     * @return the ids of those that may go
     */
    public Set<Long> pass(List<Claimant> runs) {
        if (!runs.isEmpty()) {
            look(runs);
        }
        last = LockDecision.of(view, runs.stream().map(this::wish).toList(), last.passed());
        new LockRefusals(transaction, queue).keep(last.refusals(), ticketKeys.keySet(), this::claim);
        return last.passed();
    }

    /** Whether the last pass refused nobody. */
    public boolean isClear() {
        return last.refusals().isEmpty();
    }

    /** Whether the last pass decided on all, so that no look is due again soon. */
    public boolean isWhole() {
        return last.left() == 0;
    }

    /** Gives those of {@code offered} that need locks theirs; who was refused because of others that passed is called again. */
    public void settle(Collection<Long> offered) {
        List<Claimant> granted =
                offered.stream().filter(seen::containsKey).map(seen::get).toList();
        List<Taken> taken = granted.stream().flatMap(this::taken).toList();
        if (!granted.isEmpty()) {
            transaction
                    .sql()
                    .createUpdate(TAKE)
                    .bindArray(
                            "granted",
                            Long.class,
                            granted.stream().map(Claimant::run).toList())
                    .bindNamedArgumentFinder(Columns.of(taken)
                            .with("locks", Long.class, one -> one.part().lock())
                            .with("runs", Long.class, one -> one.run().run())
                            .with("epochs", Long.class, one -> one.run().epoch())
                            .with("units", Integer.class, one -> one.part().units())
                            .with("tokens", Long.class, Taken::token))
                    .execute();
        }
        LockReleases.wake(
                transaction,
                view.lines().entrySet().stream()
                        .filter(line -> line.getValue().isWaitedFor())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private long claim(long run) {
        return seen.get(run).claim();
    }

    private record Taken(Claim.Part part, Claimant run, long token) {}

    private Stream<Taken> taken(Claimant run) {
        LockDecision.Wish wish = wish(run);
        if (!last.passed().contains(run.run())) {
            throw new IllegalStateException("run " + run.run() + " was offered without its locks; this is a bug");
        }
        return wish.parts().stream().filter(part -> part.awaited() == null).map(part -> {
            LockLine line = view.lines().get(part.lock());
            if (!line.hasRoom(part.units())) {
                throw new IllegalStateException("run " + run.run() + " was offered without its locks; this is a bug");
            }
            line.grant(wish.place(), part.units());
            return new Taken(part, run, tokens.merge(part.lock(), 1L, Long::sum));
        });
    }

    private LockDecision.Wish wish(Claimant run) {
        long key = ticketKeys.getOrDefault(run.run(), run.key());
        return new LockDecision.Wish(
                new Place(key, run.run()), known.get(run.claim()).parts(), run.seatable());
    }

    private void look(List<Claimant> runs) {
        runs.forEach(run -> seen.put(run.run(), run));
        List<Long> unknown = runs.stream()
                .map(Claimant::claim)
                .filter(claim -> !known.containsKey(claim))
                .distinct()
                .toList();
        Map<Long, Claim> found = claims.of(transaction, unknown);
        unknown.forEach(claim -> known.put(claim, found.get(claim)));
        List<Long> locks = unknown.stream()
                .flatMap(claim -> known.get(claim).parts().stream())
                .map(Claim.Part::lock)
                .filter(looked::add)
                .toList();
        if (!locks.isEmpty()) {
            List<Long> free = LockLines.lockWhatIsFree(transaction, locks);
            LockLines.read(transaction, free).forEach((lock, held) -> {
                view.lines().put(lock, held.line());
                tokens.put(lock, held.token());
            });
            view.variables().putAll(Conditions.variables(transaction, free));
        }
        transaction
                .sql()
                .createQuery(TICKETS)
                .bindArray("runs", Long.class, runs.stream().map(Claimant::run).toList())
                .map((row, context) -> ticket(row))
                .list();
    }

    private boolean ticket(ResultSet row) throws SQLException {
        long run = row.getLong("run_id");
        ticketKeys.merge(run, row.getLong("key"), Math::min);
        long lock = row.getLong("lock_id");
        boolean signalled =
                row.getBoolean("signalled") && known.get(seen.get(run).claim()).waitsForSignal(lock);
        return (signalled || row.getBoolean("waived")) && view.passes().add(new LockView.Pass(lock, run));
    }
}
