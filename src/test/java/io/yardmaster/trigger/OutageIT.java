package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.yardmaster.Log;
import io.yardmaster.agent.Agents;
import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseOpener;
import io.yardmaster.database.EmbeddedPostgres;
import io.yardmaster.database.FreezingPostgres;
import io.yardmaster.database.Migration;
import io.yardmaster.dispatch.DispatchCount;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.dispatch.LeaseTimes;
import io.yardmaster.dispatch.Yard;
import io.yardmaster.job.Job;
import io.yardmaster.node.NodeSessions;
import io.yardmaster.protocol.Timing;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.RunQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// R12: a PostgreSQL that is really stopped, and started again, or frozen
final class OutageIT {
    private static final Duration OUTAGE = Duration.ofSeconds(3);
    private static final Duration FREEZE = Duration.ofSeconds(5);
    /** After which everything must go on once PostgreSQL answers again. */
    private static final Duration SOON = Duration.ofSeconds(15);
    /** An eighth of the product's own: shorter than the outage. */
    private static final LeaseTimes TIMES = LeaseTimes.of(Duration.ofMillis(2500), Duration.ofMillis(250));

    @TempDir
    private Path directory;

    private final Log log = new Log();
    private EmbeddedPostgres postgres;

    @BeforeEach
    void begin() {
        postgres = EmbeddedPostgres.start(directory, 0);
        Migration.migrate(postgres.owner(), postgres.server(1).user());
        log.start();
    }

    @AfterEach
    void end() {
        log.stop();
        postgres.close();
    }

    @Test
    void all_loops_go_on_by_themselves_and_no_session_is_lost_and_the_log_has_two_lines() {
        whileAllLoopsRun(this::outage);
    }

    @Test
    void after_a_freeze_all_goes_on_within_seconds_and_nothing_is_lost_or_doubled() {
        whileAllLoopsRun(this::freeze);
    }

    private void whileAllLoopsRun(BiConsumer<Scene, Dispatching> happening) {
        try (Database database =
                DatabaseOpener.open(postgres.server(10), List.of(Job.class, Schedule.class, SharedTimetable.class))) {
            AttemptEnds ends = new AttemptEnds(List.of());
            Dispatching dispatching = new Dispatching(database, new RunQueue(), ends, TIMES, "depot:1");
            Agents agents = new Agents(database, dispatching, ends, Timing.STANDARD.dividedBy(8));
            Scene scene = new Scene(database);
            try (dispatching;
                    agents;
                    Reconciler reconciler = new Reconciler(scene.server());
                    AlarmClock alarms = new AlarmClock(database, scene.server(), "test")) {
                database.notifications().start(postgres.server(1));
                dispatching.start();
                agents.start();
                reconciler.start();
                alarms.start();
                happening.accept(scene, dispatching);
            }
        }
    }

    private void outage(Scene scene, Dispatching dispatching) {
        Database database = scene.database;
        Yard yard = new Yard(database);
        Yard.Place place = yard.place(1000);
        Schedule schedule = firing(scene, dispatching, place);
        int fired = scene.runs(schedule).size();
        long offered = offered(yard);
        int port = postgres.port();
        log.forget();
        postgres.close();
        await().pollDelay(OUTAGE).until(() -> true);
        postgres = EmbeddedPostgres.start(directory, port);
        // the first calls may still find no connection, as a worker's would
        await().ignoreExceptions().until(() -> {
            beat(database, dispatching, place);
            return scene.runs(schedule).size() > fired + 3
                    && offered(yard) > offered
                    && database.notifications().isListening();
        });
        assertThat(log.linesFrom(Level.WARN)).as("lines of Reach and of Ear").hasSize(3);
        assertThat(log.traces()).isEmpty();
        assertNoSessionIsLost(dispatching, yard, place);
    }

    private void freeze(Scene scene, Dispatching dispatching) {
        Database database = scene.database;
        Yard yard = new Yard(database);
        Yard.Place place = yard.place(1000);
        Schedule schedule = firing(scene, dispatching, place);
        try (FreezingPostgres freezing = new FreezingPostgres(directory)) {
            freezing.freeze();
            await().pollDelay(FREEZE).until(() -> true);
        }
        Instant thawed = await().ignoreExceptions().until(scene::now, Objects::nonNull);
        await().atMost(SOON).ignoreExceptions().until(() -> {
            beat(database, dispatching, place);
            List<Instant> runs = scene.runs(schedule);
            return runs.get(runs.size() - 1).isAfter(thawed)
                    && yard.count("SELECT count(*) FROM run WHERE state = 'QUEUED'") == 0
                    && database.notifications().isListening();
        });
        Account account = scene.account(schedule);
        assertThat(account.unaccounted()).isZero();
        assertThat(account.runs()).isEqualTo(account.expected()).isGreaterThan(FREEZE.toSeconds());
        assertThat(scene.runs(schedule)).doesNotHaveDuplicates();
        assertNoSessionIsLost(dispatching, yard, place);
    }

    /** A schedule of every second, of which some runs were made and offered. */
    private static Schedule firing(Scene scene, Dispatching dispatching, Yard.Place place) {
        Yard yard = new Yard(scene.database);
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        await().until(() -> {
            beat(scene.database, dispatching, place);
            return !scene.runs(schedule).isEmpty() && offered(yard) > 0;
        });
        assertThat(beat(scene.database, dispatching, place)).isTrue();
        return schedule;
    }

    private static void assertNoSessionIsLost(Dispatching dispatching, Yard yard, Yard.Place place) {
        assertThat(dispatching.counts().get(DispatchCount.SESSIONS_LOST)).isZero();
        assertThat(yard.sessionState(place.session())).isEqualTo("LIVE");
    }

    private static long offered(Yard yard) {
        return yard.count("SELECT coalesce(max(epoch), 0) + count(*) FROM run WHERE state = 'ASSIGNED'");
    }

    private static boolean beat(Database database, Dispatching dispatching, Yard.Place place) {
        NodeSessions.Beat beat = new NodeSessions.Beat(false, 0, "{}");
        return database.inTransaction(transaction ->
                        dispatching.leases().beat(transaction, place.session(), place.node(), beat, List.of()))
                .isPresent();
    }
}
