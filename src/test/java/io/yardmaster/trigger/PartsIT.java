package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import io.yardmaster.timetable.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// R3, R4: an instant that more schedules wait for than one statement serves
final class PartsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private static final int SCHEDULES = 25;
    private static final int AT_ONCE = 10;
    private static final String NOT_ONCE = "(SELECT FROM schedule s LEFT JOIN run r ON r.schedule_id = s.id"
            + " GROUP BY s.id HAVING count(r.id) <> 1) other";

    private Scene scene;
    private Schedule first;

    @BeforeEach
    void due_a_moment_ago(Database database) {
        scene = Scene.empty(database);
        List<Long> jobs = scene.jobs(SCHEDULES);
        Instant second = scene.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(2);
        first = scene.schedule(jobs.get(0), Scene.at(second));
        scene.follow(jobs.subList(1, SCHEDULES), first);
        scene.putBack(first, Duration.ofSeconds(30));
    }

    @Test
    void it_is_fired_in_parts_and_its_ledger_has_one_row() {
        assertThat(server(() -> {}).fireDue()).isEqualTo(SCHEDULES);
        assertFiredOnce();
    }

    @Test
    void a_server_killed_between_two_parts_is_gone_on_from_by_another() {
        killAfterTheFirstPart();
        // whose runs have ended long before
        scene.database.useTransaction(transaction -> transaction.sql().execute("DELETE FROM run"));
        assertThat(server(() -> {}).fireDue()).isEqualTo(SCHEDULES - AT_ONCE);
        assertThat(scene.count("run")).isEqualTo(SCHEDULES - AT_ONCE);
        assertThat(scene.count("fire WHERE runs = " + SCHEDULES)).isEqualTo(1);
    }

    @Test
    void servers_at_once_share_the_parts() {
        List<CompletableFuture<Integer>> servers = IntStream.range(0, 4)
                .mapToObj(n ->
                        CompletableFuture.supplyAsync(() -> server(() -> {}).fireDue()))
                .toList();
        int runs = servers.stream().mapToInt(CompletableFuture::join).sum();
        assertThat(runs + server(() -> {}).fireDue()).isEqualTo(SCHEDULES);
        assertFiredOnce();
    }

    @Test
    void a_change_of_a_schedule_between_two_parts_comes_after_the_whole_instant() {
        killAfterTheFirstPart();
        scene.database.useTransaction(
                transaction -> scene.schedules.enable(transaction, first.id(), false, Scene.OPERATOR));
        assertFiredOnce();
    }

    @Test
    void an_instant_begun_in_time_is_fired_whole_however_late() {
        killAfterTheFirstPart();
        scene.database.useTransaction(transaction -> transaction.sql().execute("""
                UPDATE timetable_mark SET fired_through = fired_through - interval '5 years',
                    next_due = next_due - interval '5 years';
                UPDATE fire_part SET nominal_at = nominal_at - interval '5 years';
                UPDATE run SET nominal_at = nominal_at - interval '5 years';
                UPDATE schedule SET effective_from = effective_from - interval '6 years'
                """));
        server(() -> {}).fireDue();
        assertThat(scene.count("run WHERE nominal_at < now() - interval '4 years'"))
                .isEqualTo(SCHEDULES);
        assertThat(scene.count("fire WHERE nominal_at < now() - interval '4 years' AND runs = " + SCHEDULES))
                .isEqualTo(1);
    }

    // R19: an outage before it makes the statement no longer
    @Test
    void after_instants_that_were_missed_it_is_fired_in_parts_still() {
        Instant second = scene.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(2);
        scene.database.useTransaction(transaction -> {
            Schedule schedule = scene.schedules.find(transaction, first.id()).orElseThrow();
            ScheduleDraft hourly = new ScheduleDraft(
                    schedule.name(), hourly(second), Map.of(), true, Terms.STANDARD.with(CatchUp.NONE));
            scene.schedules.update(transaction, schedule.id(), schedule.version(), hourly, Scene.OPERATOR);
            transaction
                    .sql()
                    .createUpdate(
                            "UPDATE schedule SET timetable_id = (SELECT timetable_id FROM schedule WHERE id = :id)")
                    .bind("id", first.id())
                    .execute();
        });
        scene.database.useTransaction(transaction -> transaction
                .sql()
                .execute("DELETE FROM run; DELETE FROM fire; DELETE FROM schedule_stretch WHERE through_at IS NOT NULL;"
                        + " UPDATE schedule SET effective_from = now() - interval '150 min'"));
        scene.putBack(first, Duration.ofMinutes(150));
        List<Long> parts = new ArrayList<>();
        server(() -> parts.add(scene.count("run"))).fireDue();
        assertThat(parts).containsExactly(10L, 20L, 25L);
        assertThat(scene.count("fire_range WHERE instants = 2 AND reason = 'MISSED'"))
                .isEqualTo(SCHEDULES);
        assertFiredOnce();
    }

    // R19: also if a calendar has many instants due at once
    @ParameterizedTest
    @CsvSource({"10, 10 20 25 35 45 50 60 70 75", "60, 50 75"})
    void instants_that_are_moved_to_one_are_fired_one_after_the_other(int atOnce, String parts) {
        CalendarScene by = new CalendarScene(scene.database);
        Schedule moved = threeInOne(by, by.now.minusSeconds(2));
        scene.putBack(moved, Duration.ofSeconds(30));
        String runs = "run r JOIN schedule s ON s.id = r.schedule_id WHERE s.timetable_id = " + moved.timetableId();
        List<String> seen = new ArrayList<>();
        new FireDue(scene.database, new RunQueue(), () -> seen.add(Long.toString(scene.count(runs))), atOnce).fireDue();
        assertThat(seen.stream().filter(count -> !count.equals("0")).distinct()).containsExactly(parts.split(" "));
        assertThat(scene.count("fire WHERE runs = " + SCHEDULES + " AND timetable_id = " + moved.timetableId()))
                .isEqualTo(3);
        assertThat(scene.count("fire_part")).isZero();
        assertThat(scene.account(moved)).isEqualTo(new Account(3, 3, 0, 0, 0));
    }

    // R3: of several due together, too late, one is dealt with at a time
    @Test
    void instants_that_are_moved_to_one_and_missed_are_counted_once() {
        CalendarScene by = new CalendarScene(scene.database);
        Schedule moved = threeInOne(by, by.now.withHour(11));
        scene.putBack(moved, Duration.ofHours(3));
        scene.database.useTransaction(
                transaction -> Settled.settle(transaction, moved.id(), List.of(Instant.EPOCH), Instant.EPOCH));
        server(() -> {}).fireDue();
        assertThat(scene.account(moved)).isEqualTo(new Account(3, 0, 0, 3, 0));
    }

    /** One of schedules that have the instants of two days before at that time of today, too. */
    private Schedule threeInOne(CalendarScene by, OffsetDateTime due) {
        List<Long> jobs = scene.jobs(SCHEDULES);
        LocalDate today = due.toLocalDate();
        NamedCalendar calendar = by.calendar("parts-" + jobs.get(0), today.minusDays(1), today.minusDays(2));
        Timetable daily = Timetable.cron(
                "%d %d %d * * ?".formatted(due.getSecond(), due.getMinute(), due.getHour()),
                due.getOffset().getId());
        Schedule moved =
                scene.schedule(jobs.get(0), daily.with(new FollowedCalendar(calendar.id(), CalendarRule.NEXT)));
        scene.follow(jobs.subList(1, SCHEDULES), moved);
        return moved;
    }

    private static Timetable hourly(Instant at) {
        OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
        return Timetable.cron("%d %d * * * ?".formatted(time.getSecond(), time.getMinute()), "UTC");
    }

    private void assertFiredOnce() {
        assertThat(scene.count(NOT_ONCE)).isZero();
        assertThat(scene.count("run")).isEqualTo(SCHEDULES);
        assertThat(scene.count("fire WHERE runs = " + SCHEDULES)).isEqualTo(1);
        assertThat(scene.count("fire")).isEqualTo(1);
        assertThat(scene.count("fire_part")).isZero();
    }

    private void killAfterTheFirstPart() {
        FireDue killed = server(() -> {
            throw new IllegalStateException("killed");
        });
        assertThatThrownBy(killed::fireDue).hasMessage("killed");
        assertThat(scene.count("run")).isEqualTo(AT_ONCE);
        assertThat(scene.count("fire")).isZero();
    }

    private FireDue server(Runnable afterEachPart) {
        return new FireDue(scene.database, new RunQueue(), afterEachPart, AT_ONCE);
    }
}
