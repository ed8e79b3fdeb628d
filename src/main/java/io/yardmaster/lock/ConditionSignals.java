package io.yardmaster.lock;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies what the ends of runs do to conditions: of one condition at a time, under its row, in the order of the ends, and each in the
 * transaction that forgets it. So each is applied exactly once.
 */
public final class ConditionSignals {
    public static final int LARGEST_BATCH = 500;

    private static final Logger LOG = LoggerFactory.getLogger(ConditionSignals.class);

    /** Index {@code condition_signal_pkey}. */
    private static final String OLDEST = "SELECT lock_id FROM condition_signal ORDER BY id LIMIT 1";

    /** Index {@code condition_signal_by_lock}. */
    private static final String TAKE = """
            DELETE FROM condition_signal WHERE id = ANY (ARRAY(
                SELECT id FROM condition_signal WHERE lock_id = :lock ORDER BY id LIMIT :limit))
            RETURNING id, run_id, act, variables
            """;

    private ConditionSignals() {}

    private record Signal(long id, long run, Conditions.Change change) {}

    /** Applies the oldest, and those of its condition. @return how many, at most {@value #LARGEST_BATCH} */
    public static int apply(Transaction transaction) {
        Optional<Long> oldest =
                transaction.sql().createQuery(OLDEST).mapTo(Long.class).findFirst();
        return oldest.map(condition -> apply(transaction, condition)).orElse(0);
    }

    private static int apply(Transaction transaction, long id) {
        Lock condition = transaction.hibernate().find(Lock.class, id);
        Conditions.lock(transaction, id);
        List<Signal> signals = take(transaction, id);
        signals.forEach(signal -> apply(transaction, condition, signal));
        return signals.size();
    }

    private static void apply(Transaction transaction, Lock condition, Signal signal) {
        try {
            Conditions.change(transaction, condition, signal.change(), "run " + signal.run());
        } catch (Invalid changed) {
            LOG.warn(
                    "what the end of run {} does to {} is left out, since that was changed meanwhile: {}",
                    signal.run(),
                    condition.fullName(),
                    changed.getMessage());
        }
    }

    private static List<Signal> take(Transaction transaction, long condition) {
        return transaction
                .sql()
                .createQuery(TAKE)
                .bind("lock", condition)
                .bind("limit", LARGEST_BATCH)
                .map((row, context) -> signal(row))
                .stream()
                .sorted(Comparator.comparingLong(Signal::id))
                .toList();
    }

    private static Signal signal(ResultSet row) throws SQLException {
        Conditions.Act act = Conditions.Act.valueOf(row.getString("act"));
        return new Signal(
                row.getLong("id"),
                row.getLong("run_id"),
                new Conditions.Change(act, Variables.texts(row.getString("variables"))));
    }
}
