package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What runs are known by, where what is due in a period is another thing than what is nominal in it: each instant once, also
 * if a calendar's change made it due a second time.
 *
 * @param nominals empty if no calendar moves anything
 * @param skipped how many more the calendar leaves out
 */
record MovedInstants(Set<Instant> nominals, long skipped) {
    /** Indexes {@code run_by_fire} and {@code run_history_by_job}. */
    private static final String RUNS = """
            SELECT nominal_at FROM run WHERE schedule_id = :schedule AND nominal_at >= :from AND nominal_at <= :through
            UNION
            SELECT nominal_at FROM run_history
            WHERE job_id = :job AND schedule_id = :schedule AND nominal_at >= :from AND nominal_at <= :through
            """;

    static MovedInstants of(List<OnStretch> stretches) {
        if (stretches.stream().noneMatch(OnStretch::moves)) {
            return new MovedInstants(Set.of(), 0);
        }
        return new MovedInstants(
                stretches.stream().flatMap(OnStretch::nominals).collect(Collectors.toSet()),
                stretches.stream()
                        .mapToLong(on -> on.count(on.from(), on.through(), true))
                        .sum());
    }

    boolean none() {
        return nominals.isEmpty();
    }

    long expected() {
        return nominals.size() + skipped;
    }

    long runs(Transaction transaction, Accountable of) {
        return transaction
                .sql()
                .createQuery(RUNS)
                .bind("schedule", of.schedule())
                .bind("job", of.job())
                .bind("from", Collections.min(nominals))
                .bind("through", Collections.max(nominals))
                .mapTo(Instant.class)
                .stream()
                .filter(nominals::contains)
                .count();
    }
}
