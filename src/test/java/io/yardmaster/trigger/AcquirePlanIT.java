package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quartz.impl.jdbcjobstore.StdJDBCConstants;
import org.quartz.impl.jdbcjobstore.Util;

/** Quartz's own statements, with fire times bound as it binds them, on 50,000 triggers of which 10 are due. */
final class AcquirePlanIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    @BeforeAll
    static void fill(Database database) {
        for (int part = 0; part < 10; part++) {
            fill(database, part);
        }
    }

    private static void fill(Database database, int part) {
        database.useTransaction(transaction -> {
            transaction.sql().execute("""
                    INSERT INTO quartz.qrtz_job_details VALUES
                    ('yardmaster', 'wake', 'yardmaster', NULL, 'x', true, false, false, false, NULL) ON CONFLICT DO NOTHING
                    """);
            transaction.sql().execute("""
                    INSERT INTO quartz.qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group,
                        next_fire_time, priority, trigger_state, trigger_type, start_time, misfire_instr)
                    SELECT 'yardmaster', n, 'timetable', 'wake', 'yardmaster', n * 1000000::bigint, 5, 'WAITING', 'YARD',
                        0, -1
                    FROM generate_series(? * 5000 + 1, ? * 5000 + 5000) AS n
                    """, part, part);
        });
    }

    @Test
    void acquiring_reads_no_whole_table(Database database) {
        List<String> plan =
                explain(database, StdJDBCConstants.SELECT_NEXT_TRIGGER_TO_ACQUIRE, "WAITING", millis(10), millis(0));
        assertThat(plan).anyMatch(line -> line.contains("qrtz_triggers_to_acquire"));
        assertThat(plan).noneMatch(line -> line.contains("Seq Scan") || line.contains("Rows Removed"));
    }

    @Test
    void looking_for_misfires_reads_no_whole_table(Database database) {
        List<String> plan = explain(database, StdJDBCConstants.COUNT_MISFIRED_TRIGGERS_IN_STATE, millis(10), "WAITING");
        assertThat(plan).noneMatch(line -> line.contains("Seq Scan") || line.contains("Rows Removed"));
    }

    private static BigDecimal millis(int triggers) {
        return BigDecimal.valueOf(triggers * 1_000_000L);
    }

    private static List<String> explain(Database database, String statement, Object... parameters) {
        String sql = Util.rtp(statement, QuartzScheduler.TABLES, "'" + QuartzScheduler.NAME + "'");
        return database.inTransaction(transaction -> {
            var query = transaction.sql().createQuery("EXPLAIN (ANALYZE) " + sql);
            for (int place = 0; place < parameters.length; place++) {
                query.bind(place, parameters[place]);
            }
            return query.mapTo(String.class).list();
        });
    }
}
