package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.queue.RunQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class FireDueIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private Scene scene;

    @BeforeEach
    void empty(Database database) {
        scene = Scene.empty(database);
    }

    // R19: a change makes no more runs than fit its transaction; the servers make them in parts
    @Test
    void a_change_is_refused_while_too_much_is_made_up_and_taken_when_the_servers_have_made_it() {
        Schedule first = scene.schedule(scene.job(), Scene.every("0,30"), Scene.MAKING_UP_ALL);
        scene.putBack(first, Duration.ofMinutes(30));
        Fires fires = new Fires(new RunQueue(), new Marks(), new KnownTimetables(), 10);
        Runnable change = () ->
                scene.database.useTransaction(transaction -> fires.settle(transaction, List.of(first.timetableId())));
        assertThatThrownBy(change::run).isInstanceOf(Conflict.class);
        assertThat(scene.runs(first)).isEmpty();
        scene.server().fireDue();
        change.run();
        assertThat(scene.runs(first)).hasSizeBetween(59, 62);
    }

    // R3 R4
    @Test
    void every_instant_gets_one_run_however_often_it_is_called() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        scene.putBack(schedule, Duration.ofSeconds(20));
        Instant before = scene.now();
        FireDue server = scene.server();
        server.fireDue();
        server.fireDue();
        List<Instant> runs = scene.runs(schedule);
        assertThat(runs).doesNotHaveDuplicates().hasSizeBetween(20, 22);
        assertThat(runs)
                .allMatch(nominal -> nominal.truncatedTo(ChronoUnit.SECONDS).equals(nominal));
        assertThat(runs.get(runs.size() - 1)).isAfter(before.minusSeconds(1));
        assertThat(scene.account(schedule)).extracting(Account::unaccounted).isEqualTo(0L);
    }

    // R3
    @Test
    void a_thousand_jobs_on_one_second_get_a_thousand_runs() {
        List<Long> jobs = scene.jobs(1_000);
        Instant second = scene.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(2);
        Schedule first = scene.schedule(jobs.get(0), Scene.at(second));
        scene.follow(jobs.subList(1, 1_000), first);
        scene.putBack(first, Duration.ofSeconds(30));
        assertThat(scene.server().fireDue()).isEqualTo(1_000);
        assertThat(scene.count("run")).isEqualTo(1_000);
        assertThat(scene.count("fire WHERE runs = 1000")).isEqualTo(1);
        assertThat(scene.count("timetable")).isEqualTo(1);
    }

    // R4
    @Test
    void two_servers_at_once_never_double() {
        List<Schedule> schedules = IntStream.range(0, 20)
                .mapToObj(n -> scene.schedule(scene.job(), Scene.everySecond()))
                .toList();
        schedules.forEach(schedule -> scene.putBack(schedule, Duration.ofSeconds(30)));
        List<CompletableFuture<Integer>> servers = IntStream.range(0, 4)
                .mapToObj(
                        n -> CompletableFuture.supplyAsync(() -> scene.server().fireDue()))
                .toList();
        servers.forEach(CompletableFuture::join);
        scene.server().fireDue();
        for (Schedule schedule : schedules) {
            assertThat(scene.runs(schedule)).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(30);
            assertThat(scene.account(schedule).unaccounted()).isZero();
        }
    }

    // R3 R4
    @Test
    void a_server_killed_in_the_middle_leaves_nothing_half_done() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        scene.putBack(schedule, Duration.ofSeconds(10));
        CompletableFuture<Integer> server = scene.database.inTransaction(transaction -> {
            transaction.sql().execute("SELECT id FROM queue FOR UPDATE");
            CompletableFuture<Integer> killed =
                    CompletableFuture.supplyAsync(() -> scene.server().fireDue());
            await().until(() -> terminate("WITH due AS%") > 0);
            assertThatThrownBy(killed::join).hasMessageContaining("terminating connection");
            return killed;
        });
        assertThat(server).isCompletedExceptionally();
        assertThat(scene.count("run")).isZero();
        assertThat(scene.count("fire")).isZero();
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).doesNotHaveDuplicates();
        assertThat(scene.account(schedule).unaccounted()).isZero();
    }

    @Test
    void a_timetable_that_cannot_be_fired_holds_up_no_other_and_loses_nothing() {
        Schedule bad = scene.schedule(scene.job(), Scene.everySecond());
        Schedule good = scene.schedule(scene.job(), Scene.everySecond());
        scene.putBack(bad, Duration.ofSeconds(20));
        scene.putBack(good, Duration.ofSeconds(10));
        scene.database.useTransaction(transaction -> transaction
                .sql()
                .execute(
                        "INSERT INTO fire SELECT timetable_id, date_trunc('second', clock_timestamp() - interval '5s'),"
                                + " clock_timestamp(), 1 FROM schedule WHERE id = " + bad.id()));
        scene.server().fireDue();
        assertThat(scene.runs(good)).hasSizeGreaterThanOrEqualTo(9);
        assertThat(scene.runs(bad)).isEmpty();
        scene.database.useTransaction(transaction -> transaction
                .sql()
                .execute("DELETE FROM fire WHERE runs = 1 AND"
                        + " timetable_id = (SELECT timetable_id FROM schedule WHERE id = " + bad.id() + ")"));
        scene.server().fireDue();
        assertThat(scene.account(bad).unaccounted()).isZero();
        assertThat(scene.account(bad).missed()).isZero();
    }

    // R3
    @Test
    void what_is_more_than_a_minute_late_becomes_one_range() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        scene.putBack(schedule, Duration.ofDays(2));
        scene.server().fireDue();
        assertThat(scene.count("fire_range")).isEqualTo(1);
        assertThat(scene.runs(schedule)).hasSizeBetween(59, 65);
        Account account = scene.account(schedule);
        assertThat(account.missed()).isBetween(172_700L, 172_760L);
        assertThat(account.unaccounted()).isZero();
    }

    @Test
    void a_timetable_that_nobody_follows_sleeps() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        scene.database.useTransaction(
                transaction -> scene.schedules.enable(transaction, schedule.id(), false, Scene.OPERATOR));
        assertThat(scene.count("timetable_mark WHERE next_due IS NULL")).isEqualTo(1);
        assertThat(scene.server().untilNext()).isEmpty();
        scene.database.useTransaction(
                transaction -> scene.schedules.enable(transaction, schedule.id(), true, Scene.OPERATOR));
        assertThat(scene.server().untilNext())
                .hasValueSatisfying(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofSeconds(1)));
    }

    private long terminate(String statement) {
        return scene.count("pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
                + " AND query LIKE '" + statement + "' AND pg_terminate_backend(pid)");
    }
}
