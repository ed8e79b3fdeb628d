package io.yardmaster.trigger;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Looks once a minute whether every instant of the last hour is accounted for. All servers call it, one at a time goes on
 * where the last has stopped: a row says how far the check has come. Each transaction looks at a batch of schedules.
 */
public final class LedgerCheck {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int BATCH = 500;

    /** Another server that is at it is not waited for. */
    private static final String TAKE = """
            SELECT began_at, after_schedule, schedules, ended_at IS NOT NULL AS ended,
                   ended_at IS NOT NULL AND began_at < clock_timestamp() - interval '1 minute' AS due
            FROM ledger_check FOR UPDATE SKIP LOCKED
            """;

    private static final String BEGIN = """
            UPDATE ledger_check SET began_at = clock_timestamp(), after_schedule = 0, ended_at = NULL, schedules = 0
            RETURNING began_at
            """;

    private static final String COME = """
            UPDATE ledger_check SET after_schedule = :after, schedules = schedules + :schedules,
                ended_at = CASE WHEN :last THEN clock_timestamp() END
            """;

    /** Primary key. */
    private static final String BATCH_OF_SCHEDULES = """
            SELECT s.id, s.job_id, t.kind = 'DELAY' AS delay, s.paused_from
            FROM schedule s JOIN timetable t ON t.id = s.timetable_id
            WHERE s.id > :after AND s.archived_at IS NULL ORDER BY s.id LIMIT :limit
            """;

    private final Database database;
    private final Ledger ledger;

    public LedgerCheck(Database database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    private record Turn(Instant began, long after) {}

    /** One batch; true if there is more to be done at once. */
    public boolean goOn() {
        return database.inTransaction(this::goOn);
    }

    private boolean goOn(Transaction transaction) {
        Turn turn = take(transaction);
        if (turn == null) {
            return false;
        }
        List<Accountable> batch = batch(transaction, turn.after);
        boolean last = batch.size() < BATCH;
        long through = last ? Long.MAX_VALUE : batch.get(BATCH - 1).schedule();
        List<Accountable> missing = missing(transaction, turn.began, missing(transaction, turn.began, batch));
        Findings.forgetOthers(transaction, turn.after, through, missing);
        transaction
                .sql()
                .createUpdate(COME)
                .bind("after", through)
                .bind("schedules", batch.size())
                .bind("last", last)
                .execute();
        keep(transaction, turn.began, missing);
        return !last;
    }

    private static Turn take(Transaction transaction) {
        return transaction
                .sql()
                .createQuery(TAKE)
                .map((row, context) -> row.getBoolean("due")
                        ? new Turn(null, 0)
                        : row.getBoolean("ended")
                                ? null
                                : new Turn(Timetables.instant(row, "began_at"), row.getLong("after_schedule")))
                .findOne()
                .map(turn -> turn.began == null ? new Turn(begin(transaction), 0) : turn)
                .orElse(null);
    }

    private static Instant begin(Transaction transaction) {
        return transaction.sql().createQuery(BEGIN).mapTo(Instant.class).one();
    }

    private static List<Accountable> batch(Transaction transaction, long after) {
        return transaction
                .sql()
                .createQuery(BATCH_OF_SCHEDULES)
                .bind("after", after)
                .bind("limit", BATCH)
                .map((row, context) -> new Accountable(
                        row.getLong("id"),
                        row.getLong("job_id"),
                        row.getBoolean("delay"),
                        Timetables.instant(row, "paused_from")))
                .list();
    }

    /** Asked twice, so that a resumption between two statements is no finding. */
    private List<Accountable> missing(Transaction transaction, Instant through, List<Accountable> asked) {
        if (asked.isEmpty()) {
            return asked;
        }
        Map<Long, Account> accounts = ledger.of(transaction, asked, through.minus(WINDOW), through);
        return asked.stream()
                .filter(one -> accounts.get(one.schedule()).unaccounted() > 0)
                .toList();
    }

    private void keep(Transaction transaction, Instant through, List<Accountable> missing) {
        Instant from = through.minus(WINDOW);
        for (Accountable one : missing) {
            long instants = ledger.of(transaction, List.of(one), from, through)
                    .get(one.schedule())
                    .unaccounted();
            List<LedgerEntry> gaps = Gaps.find(ledger, transaction, one, from, through);
            if (instants > 0 && !gaps.isEmpty()) {
                Instant first = gaps.get(gaps.size() - 1).from();
                Findings.keep(
                        transaction,
                        one.schedule(),
                        new LedgerEntry(first, gaps.get(0).through(), instants, LedgerEntry.UNACCOUNTED, null));
            }
        }
    }
}
