package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How soon all jobs of one cron second have their runs. */
@Tag("bench")
final class FireBurstIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    // R18
    @ParameterizedTest
    @CsvSource({"1000, 1000", "1000, 1000", "10000, 2000", "100000, 20000"})
    void every_run_exists_soon_after_the_instant(int count, long millis, Database database) {
        Scene scene = new Scene(database);
        List<Long> jobs = new ArrayList<>();
        while (jobs.size() < count) {
            jobs.addAll(scene.jobs(Math.min(count, 10_000)));
        }
        Instant second = scene.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(8 + count / 5_000);
        Schedule first = scene.schedule(jobs.get(0), Scene.at(second));
        for (int from = 1; from < count; from += 10_000) {
            scene.follow(jobs.subList(from, Math.min(count, from + 10_000)), first);
        }
        try (Reconciler reconciler = new Reconciler(scene.server())) {
            reconciler.start();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> scene.count("run WHERE nominal_at = '" + second + "'") == count);
        }
        // the ledger's row is written after the last run, in the same transaction
        Instant last = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT max(fired_at) FROM fire WHERE nominal_at = :second")
                .bind("second", second)
                .mapTo(Instant.class)
                .one());
        long took = Duration.between(second, last).toMillis();
        System.out.printf("%d jobs on one second: all runs after %d ms%n", count, took);
        assertThat(took).isBetween(0L, millis);
    }
}
