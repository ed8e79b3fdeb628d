package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.CatchUp.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of instants that nobody was there to fire. */
final class CatchUpIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private static final Duration TWO_HOURS = Duration.ofHours(2);

    private Scene scene;

    @BeforeEach
    void empty(Database database) {
        scene = Scene.empty(database);
    }

    // R3 R4: 2 h without servers and a job of every 5 minutes
    @Test
    void makes_up_none_or_the_latest_or_the_newest_as_each_schedule_says() {
        Schedule none = outage(CatchUp.NONE);
        Schedule latest = outage(CatchUp.STANDARD);
        Schedule all = outage(all(100, Duration.ofDays(1), Duration.ZERO));
        Schedule newest = outage(all(7, Duration.ofDays(1), Duration.ZERO));
        Schedule young = outage(all(100, Duration.ofMinutes(61), Duration.ZERO));
        scene.server().fireDue();
        scene.server().fireDue();
        assertThat(madeUp(none)).isEmpty();
        assertThat(madeUp(latest)).hasSize(1);
        assertThat(madeUp(all)).hasSizeBetween(23, 24);
        assertThat(madeUp(newest)).hasSize(7).isEqualTo(last(madeUp(all), 7));
        assertThat(madeUp(latest)).isEqualTo(last(madeUp(all), 1));
        assertThat(madeUp(young)).hasSize(12);
        assertThat(reasons()).containsExactlyInAnyOrder("MISSED", "SUPERSEDED", "EXCLUDED", "EXCLUDED");
        for (Schedule schedule : List.of(none, latest, all, newest, young)) {
            assertThat(scene.account(schedule).unaccounted()).isZero();
        }
    }

    // R3: user pain 27
    @Test
    void schedules_that_share_a_timetable_still_have_each_their_own_way() {
        Timetable shared = Timetable.cron("0 */5 * * * ?", "UTC");
        Schedule none = scene.schedule(scene.job(), shared, Terms.STANDARD.with(CatchUp.NONE));
        Schedule all =
                scene.schedule(scene.job(), shared, Terms.STANDARD.with(all(10, Duration.ofDays(1), Duration.ZERO)));
        scene.putBack(none, TWO_HOURS);
        scene.putBack(all, TWO_HOURS);
        scene.server().fireDue();
        assertThat(madeUp(none)).isEmpty();
        assertThat(madeUp(all)).hasSize(10);
        assertThat(scene.account(none).unaccounted()).isZero();
        assertThat(scene.account(all).unaccounted()).isZero();
    }

    // R3
    @Test
    void a_week_of_seconds_costs_one_row_and_one_run() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond(), Terms.STANDARD);
        scene.putBack(schedule, Duration.ofDays(7));
        scene.server().fireDue();
        assertThat(madeUp(schedule)).hasSize(1);
        assertThat(scene.count("fire_range")).isEqualTo(1);
        assertThat(scene.account(schedule).unaccounted()).isZero();
    }

    @Test
    void what_is_made_up_is_spread_and_starts_when_its_time_has_come() {
        Schedule schedule = outage(all(5, Duration.ofDays(1), Duration.ofHours(1)));
        scene.server().fireDue();
        assertThat(scene.count("run WHERE cause = 'CATCH_UP' AND state = 'QUEUED'"))
                .isEqualTo(1);
        assertThat(scene.count("run WHERE state = 'BLOCKED' AND wake_at > clock_timestamp() + interval '3 h'"))
                .isEqualTo(1);
        scene.database.useTransaction(transaction -> transaction
                .sql()
                .execute("UPDATE run SET wake_at = wake_at - interval '150 min' WHERE state = 'BLOCKED'"));
        scene.server().fireDue();
        assertThat(scene.count("run WHERE cause = 'CATCH_UP' AND state = 'QUEUED' AND ready_at IS NOT NULL"))
                .isEqualTo(3);
        assertThat(scene.server().untilNext())
                .hasValueSatisfying(wait -> assertThat(wait).isLessThan(Duration.ofMinutes(31)));
        assertThat(scene.account(schedule).unaccounted()).isZero();
    }

    @Test
    void more_than_a_pass_may_make_is_made_in_several() {
        Schedule schedule = scene.schedule(
                scene.job(), Scene.everySecond(), Terms.STANDARD.with(all(2_500, Duration.ofDays(1), Duration.ZERO)));
        scene.putBack(schedule, TWO_HOURS);
        scene.server().fireDue();
        assertThat(madeUp(schedule)).hasSizeBetween(2_500, 2_520).doesNotHaveDuplicates();
        assertThat(scene.account(schedule).unaccounted()).isZero();
    }

    // R3
    @Test
    void nothing_is_expected_outside_its_validity() {
        Instant now = scene.now();
        Terms hour = new Terms(
                now.minus(Duration.ofMinutes(90)),
                now.minus(Duration.ofMinutes(30)),
                Duration.ZERO,
                all(100, Duration.ofDays(1), Duration.ZERO));
        Schedule schedule = scene.schedule(scene.job(), Timetable.cron("0 */5 * * * ?", "UTC"), hour);
        Schedule skipping =
                scene.schedule(scene.job(), Timetable.cron("0 */5 * * * ?", "UTC"), hour.with(CatchUp.NONE));
        scene.putBack(schedule, TWO_HOURS);
        scene.putBack(skipping, TWO_HOURS);
        scene.server().fireDue();
        assertThat(madeUp(schedule)).hasSizeBetween(12, 13).allMatch(at -> !at.isBefore(hour.validFrom()));
        assertThat(scene.account(skipping).missed()).isEqualTo(madeUp(schedule).size());
    }

    // R3: what is made up is the last of its own, not of what comes after its end
    @Test
    void the_latest_within_a_validity_that_ended_during_the_outage_is_made_up() {
        Timetable timetable = Timetable.cron("0 */5 * * * ?", "UTC");
        Instant end = scene.now().minus(Duration.ofHours(1));
        Schedule latest = scene.schedule(scene.job(), timetable, new Terms(null, end, Duration.ZERO, CatchUp.STANDARD));
        Schedule three = scene.schedule(
                scene.job(), timetable, new Terms(null, end, Duration.ZERO, all(3, Duration.ofDays(1), Duration.ZERO)));
        Schedule endless = scene.schedule(scene.job(), timetable, Terms.STANDARD);
        List.of(latest, three, endless).forEach(schedule -> scene.putBack(schedule, TWO_HOURS));
        scene.server().fireDue();
        assertThat(madeUp(three)).hasSize(3).allMatch(at -> !at.isAfter(end));
        assertThat(madeUp(latest)).isEqualTo(last(madeUp(three), 1));
        assertThat(madeUp(endless)).hasSize(1).allMatch(at -> at.isAfter(end));
        for (Schedule schedule : List.of(latest, three, endless)) {
            assertThat(scene.account(schedule).unaccounted()).isZero();
        }
    }

    // R19: one instant of many schedules fills a pass
    @Test
    void what_is_spread_stays_spread_when_each_pass_makes_up_one_instant() {
        List<Long> jobs = scene.jobs(1_000);
        Timetable timetable = Timetable.cron("0 */5 * * * ?", "UTC");
        Schedule first = scene.schedule(jobs.get(0), timetable, Terms.STANDARD);
        scene.follow(jobs.subList(1, jobs.size()), first);
        scene.database.useTransaction(transaction -> transaction
                .sql()
                .execute("UPDATE schedule SET catch_up = 'ALL', catch_up_count = 3, catch_up_spread_seconds = 3600"));
        scene.putBack(first, Duration.ofMinutes(20));
        scene.database.useTransaction(transaction ->
                transaction.sql().execute("UPDATE schedule SET effective_from = now() - interval '20 min'"));
        scene.server().fireDue();
        assertThat(scene.count("run WHERE cause = 'CATCH_UP'")).isEqualTo(3_000);
        assertThat(scene.count("run WHERE cause = 'CATCH_UP' AND state = 'QUEUED'"))
                .isEqualTo(1_000);
        assertThat(scene.count("run WHERE due_at > clock_timestamp() + interval '90 min'"))
                .isEqualTo(1_000);
    }

    // R18
    @Test
    void jitter_moves_each_job_by_its_own_share_always() {
        Terms hour = new Terms(null, null, Duration.ofHours(1), CatchUp.NONE);
        Timetable timetable = Scene.at(scene.now().minusSeconds(5));
        List<Long> jobs = scene.jobs(50);
        List<Schedule> schedules =
                jobs.stream().map(job -> scene.schedule(job, timetable, hour)).toList();
        schedules.forEach(schedule -> scene.putBack(schedule, Duration.ofSeconds(50)));
        scene.server().fireDue();
        assertThat(scene.count("run")).isEqualTo(50);
        assertThat(scene.count(
                        "(SELECT job_id FROM run GROUP BY job_id HAVING count(DISTINCT due_at - nominal_at) > 1) j"))
                .isZero();
        assertThat(scene.count("(SELECT DISTINCT due_at - nominal_at FROM run) d"))
                .isGreaterThan(40);
        assertThat(scene.count("run WHERE due_at - nominal_at NOT BETWEEN interval '0' AND interval '1 h'"))
                .isZero();
    }

    private Schedule outage(CatchUp catchUp) {
        // a second of its own, as timetables are shared
        int second = (int) (scene.count("schedule") % 60);
        Timetable timetable = Timetable.cron(second + " */5 * * * ?", "UTC");
        Schedule schedule = scene.schedule(scene.job(), timetable, Terms.STANDARD.with(catchUp));
        scene.putBack(schedule, TWO_HOURS);
        return schedule;
    }

    private static CatchUp all(int count, Duration age, Duration spread) {
        return new CatchUp(Policy.ALL, count, age, spread);
    }

    /** To the minute, as each has a second of its own. */
    private List<Instant> madeUp(Schedule schedule) {
        return scene.database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT date_trunc(CASE WHEN :id IN (SELECT s.id FROM schedule s JOIN timetable t"
                        + " ON t.id = s.timetable_id WHERE t.expression LIKE '*%') THEN 'second' ELSE 'minute' END, nominal_at)"
                        + " FROM run WHERE schedule_id = :id AND cause = 'CATCH_UP' ORDER BY nominal_at")
                .bind("id", schedule.id())
                .mapTo(Instant.class)
                .list());
    }

    private List<String> reasons() {
        return scene.database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT reason FROM fire_range")
                .mapTo(String.class)
                .list());
    }

    private static <T> List<T> last(List<T> all, int count) {
        return all.subList(all.size() - count, all.size());
    }
}
