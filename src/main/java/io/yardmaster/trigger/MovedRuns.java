package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs of stretches in which a calendar moves instants: what is due in a period is another thing there than what is nominal
 * in it, so each is looked for by itself.
 *
 * @param nominals of what was due
 */
record MovedRuns(Set<Instant> nominals) {
    /** Indexes {@code run_by_fire} and {@code run_history_by_job}, the latter of the days in which they can have been made. */
    private static final String RUNS = """
            SELECT nominal_at FROM run WHERE schedule_id = :schedule AND nominal_at >= :from AND nominal_at <= :through
            UNION
            SELECT nominal_at FROM run_history
            WHERE job_id = :job AND schedule_id = :schedule AND nominal_at >= :from AND nominal_at <= :through
                AND id >= id_floor(:earliest)
            """;

    static MovedRuns of(List<OnStretch> stretches) {
        return new MovedRuns(stretches.stream()
                .filter(OnStretch::moves)
                .flatMap(OnStretch::nominals)
                .collect(Collectors.toSet()));
    }

    long count(Transaction transaction, Accountable of) {
        if (nominals.isEmpty()) {
            return 0;
        }
        Instant from = Collections.min(nominals);
        return transaction
                .sql()
                .createQuery(RUNS)
                .bind("schedule", of.schedule())
                .bind("job", of.job())
                .bind("from", from)
                .bind("earliest", from.minus(Settled.FURTHEST))
                .bind("through", Collections.max(nominals))
                .mapTo(Instant.class)
                .stream()
                .filter(nominals::contains)
                .count();
    }
}
