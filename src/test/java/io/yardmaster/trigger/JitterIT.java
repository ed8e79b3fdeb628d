package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JitterIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    @Test
    void the_forecast_moves_runs_as_the_database_does(Database database) {
        for (int most : new int[] {0, 1, 59, 300, 86_400}) {
            List<Integer> moved = database.inTransaction(transaction -> transaction
                    .sql()
                    .createQuery(
                            "SELECT jitter(job * 7919 * 104729, :most) FROM generate_series(1::bigint, 2000) AS job"
                                    + " ORDER BY job")
                    .bind("most", most)
                    .mapTo(Integer.class)
                    .list());
            for (int i = 0; i < moved.size(); i++) {
                assertThat(Jitter.of((i + 1L) * 7919 * 104729, most)).isEqualTo(moved.get(i));
            }
        }
    }
}
