package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseOpener;
import io.yardmaster.database.EmbeddedPostgres;
import io.yardmaster.database.Migration;
import io.yardmaster.job.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty schedules of every catch-up policy; all servers are down, then PostgreSQL is. */
@Tag("soak")
final class LongOutageIT {
    private static final int SCHEDULES = 50;

    private static final List<CatchUp> POLICIES = List.of(
            CatchUp.NONE,
            CatchUp.STANDARD,
            new CatchUp(CatchUp.Policy.ALL, 1000, Duration.ofDays(1), Duration.ZERO),
            new CatchUp(CatchUp.Policy.ALL, 5, Duration.ofDays(1), Duration.ofSeconds(2)),
            new CatchUp(CatchUp.Policy.ALL, 1000, Duration.ofMinutes(2), Duration.ZERO));

    /** By brute force: instants of all schedules, and how many records tell what became of each. */
    private static final String NOT_ONCE = """
            SELECT s.id || ' at ' || instant || ': ' || found.records
            FROM schedule s
            CROSS JOIN generate_series(to_timestamp(ceil(extract(epoch FROM CAST(:from AS timestamptz)) / :every) * :every),
                                       CAST(:through AS timestamptz), make_interval(secs => :every)) instant
            CROSS JOIN LATERAL (SELECT
                (SELECT count(*) FROM run r WHERE r.schedule_id = s.id AND r.nominal_at = instant)
                + (SELECT count(*) FROM fire_range g
                   WHERE g.schedule_id = s.id AND instant BETWEEN g.from_at AND g.through_at) AS records) found
            WHERE found.records <> 1
            """;

    @TempDir
    private Path directory;

    private final List<AutoCloseable> servers = new ArrayList<>();

    // R3: short, so that what is late still fires
    @Test
    void short_outages_leave_each_instant_with_one_record() throws Exception {
        prove(1, Duration.ofSeconds(5));
    }

    // R3: as promised, so that every policy has its part
    @Test
    void three_minutes_without_servers_and_three_without_database_leave_each_instant_with_one_record()
            throws Exception {
        prove(10, Duration.ofMinutes(3));
    }

    private void prove(int every, Duration outage) throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0);
        Migration.migrate(postgres.owner(), postgres.server(1).user());
        try (Database database =
                DatabaseOpener.open(postgres.server(20), List.of(Job.class, Schedule.class, SharedTimetable.class))) {
            Scene scene = new Scene(database);
            List<Schedule> schedules = schedules(scene, every);
            Instant from = scene.now();
            startTwo(scene);
            pass(Duration.ofSeconds(2L * every));
            stop();
            pass(outage);
            startTwo(scene);
            pass(Duration.ofSeconds(2L * every));
            int port = postgres.port();
            postgres.close();
            pass(outage);
            postgres = EmbeddedPostgres.start(directory, port);
            pass(Duration.ofSeconds(5 + 2L * every));
            await().ignoreExceptions()
                    .until(() -> scene.count("timetable_mark WHERE next_due < clock_timestamp()") == 0);
            stop();
            judge(scene, schedules, from, every);
        } finally {
            stop();
            postgres.close();
        }
    }

    private static List<Schedule> schedules(Scene scene, int every) {
        return IntStream.range(0, SCHEDULES)
                .mapToObj(n -> scene.schedule(
                        scene.job(), Scene.every("0/" + every), Terms.STANDARD.with(POLICIES.get(n % POLICIES.size()))))
                .toList();
    }

    private static void judge(Scene scene, List<Schedule> schedules, Instant from, int every) {
        Instant through = scene.database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT min(fired_through) FROM timetable_mark")
                .mapTo(Instant.class)
                .one());
        List<String> wrong = scene.database.inTransaction(transaction -> {
            transaction.sql().execute("SET LOCAL statement_timeout = '60s'");
            return transaction
                    .sql()
                    .createQuery(NOT_ONCE)
                    .bind("from", from)
                    .bind("through", through)
                    .bind("every", every)
                    .mapTo(String.class)
                    .list();
        });
        assertThat(wrong).as("instants without exactly one record").isEmpty();
        assertThat(schedules)
                .allSatisfy(schedule ->
                        assertThat(scene.account(schedule).unaccounted()).isZero());
        long instants = Duration.between(from, through).toSeconds() / every * SCHEDULES;
        System.out.printf(
                "about %d instants: %d runs, %d of them made up, %d ranges%n",
                instants, scene.count("run"), scene.count("run WHERE cause = 'CATCH_UP'"), scene.count("fire_range"));
    }

    private void startTwo(Scene scene) {
        for (String name : List.of("one", "two")) {
            Reconciler reconciler = new Reconciler(scene.server());
            AlarmClock alarms = new AlarmClock(scene.database, scene.server(), name);
            servers.add(reconciler);
            servers.add(alarms);
            reconciler.start();
            alarms.start();
        }
    }

    private void stop() throws Exception {
        for (AutoCloseable server : servers) {
            server.close();
        }
        servers.clear();
    }

    private static void pass(Duration time) {
        await().atMost(time.plusSeconds(10)).pollDelay(time).until(() -> true);
    }
}
