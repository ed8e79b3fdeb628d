package io.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RetentionIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    // more than one batch of them
    @Test
    void minutes_of_the_roll_up_go_with_the_history_they_count(Database database) {
        database.useTransaction(transaction -> transaction.sql().execute("""
                INSERT INTO run_minute (minute, queue_id, state, runs, wait_seconds, run_seconds)
                SELECT date_trunc('minute', clock_timestamp()) - n * interval '1 minute', 1, 'SUCCEEDED', 1, 0, 0
                FROM generate_series(1, 12000) AS n"""));
        new Retention(database, Duration.ofDays(1)).keep();
        long left = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT count(*) FROM run_minute")
                .mapTo(Long.class)
                .one());
        assertThat(left).isBetween(1438L, 1440L);
    }
}
