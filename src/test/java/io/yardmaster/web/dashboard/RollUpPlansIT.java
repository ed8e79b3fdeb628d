package io.yardmaster.web.dashboard;

import static io.yardmaster.database.Scans.assertLooksUp;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With weeks in the roll-up, what a dashboard shows is looked up by its minutes. */
final class RollUpPlansIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final Set<String> ANYWHERE = Set.of("*");

    @BeforeAll
    static void fill(Database database) {
        database.useTransaction(transaction -> transaction.sql().execute("""
                INSERT INTO run_minute (minute, queue_id, state, shard, runs, wait_seconds, run_seconds)
                SELECT date_trunc('minute', now()) - n * interval '1 minute', q.id, 'FAILED', shard, 1, 1, 1
                FROM queue q, generate_series(0, 20000) n, generate_series(0, 3) shard WHERE q.name = 'default'
                """));
        POSTGRES.analyze();
    }

    @Test
    void what_ended_in_an_hour(Database database) {
        assertLooksUp(
                database,
                "run_minute_pkey",
                transaction -> Throughput.read(transaction, ANYWHERE, Duration.ofMinutes(1), 60));
    }

    @Test
    void what_failed_in_a_day(Database database) {
        assertLooksUp(database, "run_minute_pkey", transaction -> Counts.read(transaction, ANYWHERE));
    }
}
