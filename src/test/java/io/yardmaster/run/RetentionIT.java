package io.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.time.Duration;
import java.util.List;
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

    @Test
    void bulk_acts_stay_as_long_as_what_they_did(Database database) {
        database.useTransaction(transaction -> transaction.sql().execute("""
                INSERT INTO bulk_act (act, filter, typed, asked_by, through_id, created_at, ended_at)
                SELECT 'HOLD', '{}', typed, 'ada', 0, clock_timestamp() - interval '9 d', clock_timestamp() - ago
                FROM (VALUES ('past', interval '25 h'), ('kept', '23 h'), ('under way', NULL)) AS v (typed, ago)"""));
        new Retention(database, Duration.ofDays(1)).keep();
        List<String> left = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT typed FROM bulk_act")
                .mapTo(String.class)
                .list());
        assertThat(left).containsExactlyInAnyOrder("kept", "under way");
    }
}
