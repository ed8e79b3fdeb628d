package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand jobs on as many timetables. */
@Tag("bench")
final class SpreadBenchIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private static final int JOBS = 10_000;

    /** Cron expressions that differ in the years; each names one second of one minute. */
    private static final List<String> FILL = List.of("""
            INSERT INTO timetable (kind, expression, zone)
            SELECT 'CRON', extract(second FROM at)::int || ' ' || extract(minute FROM at)::int || ' ' || extract(hour FROM at)::int
                || ' * * ? ' || (1970 + n % 50) || '-' || (2030 + n / 50 % 60) || ',' || (2091 + n / 3000), 'Etc/UTC'
            FROM generate_series(0, :jobs - 1) AS n, LATERAL (SELECT (CAST(:from AS timestamptz)
                + make_interval(secs => n % :seconds)) AT TIME ZONE 'UTC' AS at) AS instant
            """, """
            INSERT INTO timetable_mark (timetable_id, fired_through, next_due)
            SELECT id, clock_timestamp() - interval '1 ms', clock_timestamp() FROM timetable
            """, """
            INSERT INTO schedule (job_id, timetable_id, name, effective_from)
            SELECT j.id, t.id, 's', clock_timestamp() - interval '2 minutes'
            FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM job) j
            JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM timetable) t USING (place)
            """);

    // R18: an hour's worth in five minutes
    @Test
    void ten_thousand_timetables_are_fired_within_a_second_of_their_instants(Database database) {
        Scene scene = new Scene(database);
        scene.jobs(JOBS);
        int seconds = 300;
        Instant from = scene.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(90);
        FILL.forEach(statement -> database.useTransaction(transaction -> {
            var update = transaction.sql().createUpdate(statement);
            if (statement.contains(":jobs")) {
                update.bind("jobs", JOBS).bind("from", from).bind("seconds", seconds);
            }
            assertThat(update.execute()).isEqualTo(JOBS);
        }));
        try (Reconciler reconciler = new Reconciler(scene.server());
                AlarmClock alarms = new AlarmClock(database, scene.server(), "bench")) {
            reconciler.start();
            alarms.start();
            await().atMost(Duration.ofSeconds(seconds + 180))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> scene.count("fire") == JOBS);
        }
        String lateness = database.inTransaction(transaction ->
                transaction.sql().createQuery("""
                        SELECT 'p50 ' || p[1] || ' p99 ' || p[2] || ' most ' || p[3] FROM (
                            SELECT percentile_disc(ARRAY[0.5, 0.99, 1]) WITHIN GROUP
                                (ORDER BY (extract(epoch FROM fired_at - nominal_at) * 1000)::int) AS p FROM fire) AS all_of_them
                        """).mapTo(String.class).one());
        System.out.printf("%d timetables in %d s, lateness in ms: %s%n", JOBS, seconds, lateness);
        assertThat(Integer.parseInt(lateness.split(" ", -1)[3])).isLessThanOrEqualTo(1000);
    }
}
