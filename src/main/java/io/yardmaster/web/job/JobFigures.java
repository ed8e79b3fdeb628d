package io.yardmaster.web.job;

import io.yardmaster.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What the runs of a job came to so far.
 *
 * @param meanSeconds of those that succeeded; null before the first
 * @param lastSucceededAt null likewise
 * @param waiting its runs that no node has yet
 */
public record JobFigures(
        long succeeded,
        long failed,
        Double meanSeconds,
        Instant lastSucceededAt,
        int consecutiveFailed,
        long waiting,
        long running) {
    private static final int HUNDRED = 100;
    private static final int MILLIS = 1000;

    static JobFigures of(Transaction transaction, long job) {
        return transaction
                .sql()
                .registerRowMapper(ConstructorMapper.factory(JobFigures.class))
                .createQuery("""
                        SELECT coalesce(s.succeeded, 0) AS succeeded, coalesce(s.failed, 0) AS failed, s.mean_seconds,
                               s.last_succeeded_at, coalesce(s.consecutive_failed, 0) AS consecutive_failed,
                               r.waiting, r.running
                        FROM (SELECT count(*) FILTER (WHERE state IN ('QUEUED', 'BLOCKED', 'HELD')) AS waiting,
                                     count(*) FILTER (WHERE state IN ('ASSIGNED', 'RUNNING', 'PAUSED')) AS running
                              FROM run WHERE job_id = :job) r
                        LEFT JOIN job_statistics s ON s.job_id = :job
                        """)
                .bind("job", job)
                .mapTo(JobFigures.class)
                .one();
    }

    /** Of its ended runs, how many of a hundred succeeded, rounded down so that 100 means all; null before the first. */
    public Integer successRate() {
        long ended = succeeded + failed;
        return ended == 0 ? null : (int) (succeeded * HUNDRED / ended);
    }

    /** Null before the first that succeeded. */
    public Duration mean() {
        return meanSeconds == null ? null : Duration.ofMillis(Math.round(meanSeconds * MILLIS));
    }
}
