package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two servers, three workers, twenty jobs every two seconds, and a kill of everything in turn. */
final class ClusterIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int JOBS = 20;
    private static final int LINES = 20;

    @TempDir
    Path directory;

    // R3, R4, R13, R17, R22
    @Test
    void a_kill_of_each_server_and_of_a_worker_loses_and_doubles_nothing(Database database) {
        proveWith(database, Duration.ofSeconds(6), 4);
    }

    // R3, R4, R9, R13, R17, R22, in full length and with the times of production
    @Test
    @Tag("soak")
    void a_minute_of_kills_loses_and_doubles_nothing(Database database) {
        proveWith(database, Duration.ofSeconds(15), 1);
    }

    private void proveWith(Database database, Duration phase, int divisor) {
        try (Cluster cluster = new Cluster(directory, POSTGRES.settings(), 2, divisor)) {
            for (int worker = 0; worker < 3; worker++) {
                cluster.startWorker(worker, 8);
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> count(database, LIVE_NODES) == 3);
            for (int job = 0; job < JOBS; job++) {
                cluster.put("/api/v1/jobs/default/beat-" + job, definition(job));
            }
            pass(database, phase);
            cluster.process("server-0").kill();
            pass(database, phase);
            cluster.startServer(0);
            cluster.awaitReady(0);
            cluster.process("server-1").kill();
            cluster.process("worker-1").kill();
            pass(database, phase);
            cluster.startServer(1);
            cluster.restartWorker(1);
            cluster.awaitReady(1);
            pass(database, phase);
            for (int job = 0; job < JOBS; job++) {
                cluster.put(
                        "/api/v1/jobs/default/beat-" + job, definition(job).replace("enabled: true", "enabled: false"));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> count(database, UNFINISHED) == 0);
        }
        assertThat(rows(database, NOT_ONCE))
                .as("instants without exactly one run")
                .isEmpty();
        assertThat(rows(database, INCOMPLETE))
                .as("ended attempts whose output is not whole")
                .isEmpty();
        assertThat(rows(database, NOT_SUCCEEDED))
                .as("runs that did not succeed")
                .isEmpty();
        assertThat(count(database, STILL_ON)).isZero();
        assertThat(count(database, SCHEDULED_RUNS)).isGreaterThan(JOBS * phase.toSeconds());
    }

    static final String LIVE_NODES = "SELECT count(*) FROM node_session WHERE state = 'LIVE'";
    static final String UNFINISHED = "SELECT count(*) FROM run WHERE schedule_id IS NOT NULL";

    /** Brute force over every second at which the schedule was on. */
    static final String NOT_ONCE = """
            WITH expected AS (
                SELECT x.schedule_id, instant
                FROM schedule_stretch x
                JOIN schedule s ON s.id = x.schedule_id
                JOIN job j ON j.id = s.job_id AND j.name LIKE 'beat-%'
                CROSS JOIN generate_series(date_trunc('second', x.from_at), x.through_at, interval '1 second') instant
                WHERE instant > x.from_at AND extract(second FROM instant)::int % 2 = 0
            )
            SELECT e.schedule_id || ' at ' || e.instant || ': ' || count(h.id)
            FROM expected e
            LEFT JOIN run_history h ON h.schedule_id = e.schedule_id AND h.nominal_at = e.instant
            GROUP BY e.schedule_id, e.instant HAVING count(h.id) <> 1
            """;

    static final String SCHEDULED_RUNS =
            "SELECT count(*) FROM run_history h JOIN job j ON j.id = h.job_id AND j.name LIKE 'beat-%'";

    private static final String STILL_ON = """
            SELECT count(*) FROM schedule_stretch x JOIN schedule s ON s.id = x.schedule_id
            JOIN job j ON j.id = s.job_id AND j.name LIKE 'beat-%' WHERE x.through_at IS NULL
            """;

    private static final String INCOMPLETE = """
            SELECT h.id || ': ' || coalesce(convert_from(string_agg(o.bytes, ''::bytea ORDER BY o.start_byte), 'UTF8'), '')
            FROM run_history h
            LEFT JOIN output_chunk o ON o.run_id = h.id AND o.epoch = h.epoch
            WHERE h.schedule_id IS NOT NULL AND h.state = 'SUCCEEDED'
              AND EXISTS (SELECT FROM job j WHERE j.id = h.job_id AND j.name LIKE 'beat-%')
            GROUP BY h.id
            HAVING coalesce(convert_from(string_agg(o.bytes, ''::bytea ORDER BY o.start_byte), 'UTF8'), '')
                <> (SELECT string_agg('line ' || n || ' of ' || h.id || E'\\n', '' ORDER BY n) FROM generate_series(1, 20) n)
            """;

    static final String NOT_SUCCEEDED =
            "SELECT id || ' ' || state || ' ' || coalesce(message, '') FROM run_history WHERE state <> 'SUCCEEDED'";

    private static String definition(int job) {
        return """
                kind: job
                namespace: default
                name: beat-%d
                task:
                  type: shell
                  script: |
                    n=1
                    while [ $n -le %d ]; do echo "line $n of $YARDMASTER_RUN_ID"; n=$((n+1)); done
                    sleep 0.2
                schedules:
                  - name: every-two-seconds
                    cron: "0/2 * * * * ?"
                    zone: UTC
                    enabled: true
                """.formatted(job, LINES);
    }

    /** Lets the database's clock go on by {@code phase}. */
    static void pass(Database database, Duration phase) {
        Instant until = database.inTransaction(transaction -> transaction.now()).plus(phase);
        await().atMost(phase.plusSeconds(30))
                .pollInterval(Duration.ofMillis(250))
                .until(() ->
                        database.inTransaction(transaction -> transaction.now()).isAfter(until));
    }

    static long count(Database database, String sql) {
        return database.inTransaction(transaction ->
                transaction.sql().createQuery(sql).mapTo(Long.class).one());
    }

    static List<String> rows(Database database, String sql) {
        return database.inTransaction(transaction ->
                transaction.sql().createQuery(sql).mapTo(String.class).list());
    }
}
