package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two running Quartz schedulers on one database, without the reconciler, and their rows wedged by SQL. */
final class WatchdogIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    /** A fifteenth of production's. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** A tenth of what is promised would be 12 s, of which the timetable itself takes up to 10. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String MINE = "sched_name = 'yardmaster' AND trigger_group = 'timetable' AND trigger_name = ";

    /** By how much alarms are set and removed, as in production: more than two looks. */
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(5);

    /** An alarm of no timetable. */
    private static final String GHOST = """
            INSERT INTO quartz.qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group,
                next_fire_time, priority, trigger_state, trigger_type, start_time, misfire_instr)
            VALUES ('yardmaster', 'ghost', 'timetable', 'wake', 'yardmaster', 4070908800000, 5, 'WAITING', 'YARD', 0, -1)
            """;

    /** What is done to the alarm whose name is put in, by what is wrong then. */
    private static final List<Map.Entry<Wedge, List<String>>> WEDGES = List.of(
            Map.entry(Wedge.ORPHANED, List.of("UPDATE quartz.qrtz_triggers SET trigger_state = 'ACQUIRED' WHERE %s")),
            Map.entry(Wedge.ORPHANED, List.of("UPDATE quartz.qrtz_triggers SET trigger_state = 'BLOCKED' WHERE %s")),
            Map.entry(
                    Wedge.ORPHANED,
                    List.of(
                            "UPDATE quartz.qrtz_triggers SET trigger_state = 'ACQUIRED' WHERE %s",
                            "INSERT INTO quartz.qrtz_scheduler_state VALUES ('yardmaster', 'dead-and-ahead',"
                                    + " extract(epoch FROM clock_timestamp()) * 1000 + 3600000, 15000)",
                            held("dead-and-ahead", "ACQUIRED"))),
            Map.entry(Wedge.STOPPED, List.of("UPDATE quartz.qrtz_triggers SET trigger_state = 'ERROR' WHERE %s")),
            Map.entry(Wedge.STOPPED, List.of("UPDATE quartz.qrtz_triggers SET trigger_state = 'PAUSED' WHERE %s")),
            Map.entry(Wedge.BROKEN, List.of("DELETE FROM quartz.qrtz_simprop_triggers WHERE %s")),
            Map.entry(
                    Wedge.LATE,
                    List.of(
                            "UPDATE quartz.qrtz_simprop_triggers SET str_prop_3 = 'NONSENSE' WHERE %s",
                            "UPDATE quartz.qrtz_triggers SET next_fire_time = next_fire_time - 120000 WHERE %s")),
            Map.entry(
                    Wedge.MISSING,
                    List.of(
                            "DELETE FROM quartz.qrtz_simprop_triggers WHERE %s",
                            "DELETE FROM quartz.qrtz_triggers WHERE %s")),
            Map.entry(Wedge.LEFT, List.of(held("dead", "EXECUTING"))));

    private final List<AlarmClock> clocks = new ArrayList<>();

    @AfterEach
    void stop() {
        clocks.forEach(AlarmClock::close);
    }

    // R3: user-pain 1
    @Test
    void each_wedged_alarm_rings_again_a_stray_one_goes_and_the_audit_says_once_what_was_wrong(Database database) {
        Scene scene = new Scene(database);
        List<Schedule> schedules = WEDGES.stream()
                .map(any -> scene.schedule(scene.job(), Scene.every("0/10")))
                .toList();
        database.useTransaction(transaction -> transaction
                .sql()
                .execute("UPDATE schedule SET effective_from = effective_from - interval '2 minutes'"));
        run(scene, BETWEEN_LOOKS);
        for (int place = 0; place < WEDGES.size(); place++) {
            wedge(scene, schedules.get(place), WEDGES.get(place).getValue());
        }
        scene.database.useTransaction(transaction -> transaction.sql().execute(GHOST));
        long wedged = scene.now().toEpochMilli();
        for (Schedule schedule : schedules) {
            await("of " + schedule.timetableId()).atMost(SOON).until(() -> rangSince(scene, schedule, wedged + 1000));
        }
        await("of no timetable")
                .atMost(SOON)
                .until(() -> !repairs(scene, "ghost").isEmpty());
        await("looks and checks go on").pollDelay(BETWEEN_CHECKS.plusSeconds(1)).until(() -> true);
        assertThat(repairs(scene, "ghost")).containsExactly("STRAY");
        for (int place = 0; place < WEDGES.size(); place++) {
            assertThat(repairs(scene, Long.toString(schedules.get(place).timetableId())))
                    .containsExactly(WEDGES.get(place).getKey().name());
            assertThat(scene.account(schedules.get(place)).unaccounted()).isZero();
        }
        assertThat(scene.count("quartz.qrtz_fired_triggers WHERE instance_name LIKE 'dead%'"))
                .isZero();
        long counted = clocks.stream()
                .mapToLong(clock -> clock.repaired().get(Wedge.STOPPED))
                .sum();
        assertThat(counted).isEqualTo(2);
    }

    // user-pain 17: with production's pause between looks, so that nobody repairs it meanwhile
    @Test
    void an_alarm_that_cannot_be_read_disturbs_no_other(Database database) {
        Scene scene = new Scene(database);
        Schedule broken = scene.schedule(scene.job(), Scene.every("0/10"));
        Schedule other = scene.schedule(scene.job(), Scene.everySecond());
        run(scene, Duration.ofSeconds(30));
        wedge(scene, broken, List.of("DELETE FROM quartz.qrtz_simprop_triggers WHERE %s"));
        String due = "UPDATE quartz.qrtz_triggers SET next_fire_time = 1 WHERE " + MINE + name(broken);
        database.useTransaction(transaction -> transaction.sql().execute(due));
        int fired = scene.runs(other).size();
        await().until(() -> scene.runs(other).size() >= fired + 5);
        assertThat(scene.count("quartz.qrtz_triggers WHERE next_fire_time = 1")).isEqualTo(1);
    }

    // an instant that is past, as of a timetable that waits for a server that holds it
    @Test
    void a_timetable_that_will_never_be_due_again_keeps_no_other_from_its_alarm(Database database) {
        Scene scene = new Scene(database);
        Schedule once = scene.schedule(scene.job(), Scene.every("0/10"));
        Schedule other = scene.schedule(scene.job(), Scene.every("0/10"));
        database.useTransaction(transaction -> transaction.sql().execute("""
                UPDATE timetable SET expression = '0 0 0 1 1 ? 2020' WHERE id = ?
                """, once.timetableId()));
        run(scene, BETWEEN_LOOKS);
        await().until(() -> scene.count("quartz.qrtz_triggers WHERE " + MINE + name(other)) == 1);
    }

    // as where a server's clock is an hour ahead
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void many_alarms_that_cannot_be_set_do_not_keep_the_check_from_its_end(Database database) {
        database.useTransaction(transaction -> transaction.sql().execute("""
                WITH past AS (
                    INSERT INTO timetable (kind, expression, zone)
                    SELECT 'ONCE', '2020-01-01T00:00:00Z', 'Etc/GMT-' || n % 10 || repeat(' ', n) FROM generate_series(1, 200) n
                    RETURNING id
                )
                INSERT INTO timetable_mark (timetable_id, fired_through, next_due)
                SELECT id, clock_timestamp(), clock_timestamp() + interval '1 h' FROM past
                """));
        Scene scene = new Scene(database);
        try (AlarmClock clock = new AlarmClock(database, scene.server(), "ahead", Duration.ofMinutes(1))) {
            clock.check();
            clock.check();
        } finally {
            database.useTransaction(transaction -> transaction
                    .sql()
                    .execute("DELETE FROM timetable_mark WHERE timetable_id IN"
                            + " (SELECT id FROM timetable WHERE expression = '2020-01-01T00:00:00Z')"));
        }
    }

    private void run(Scene scene, Duration betweenLooks) {
        for (String name : List.of("one", "two")) {
            AlarmClock clock = new AlarmClock(scene.database, scene.server(), name, betweenLooks);
            clocks.add(clock);
            clock.check();
        }
        // both have set what was lacking: neither sets it again over what is wedged
        clocks.forEach(AlarmClock::start);
    }

    private static String held(String server, String state) {
        return "INSERT INTO quartz.qrtz_fired_triggers SELECT sched_name, '" + server
                + "' || trigger_name, trigger_name," + " trigger_group, '" + server + "', 0, 0, 5, '" + state
                + "' FROM quartz.qrtz_triggers WHERE %s";
    }

    /** While no scheduler has it: they take what is due within five seconds. */
    private static void wedge(Scene scene, Schedule schedule, List<String> statements) {
        String idle = "quartz.qrtz_triggers WHERE " + MINE + name(schedule) + " AND trigger_state = 'WAITING'"
                + " AND next_fire_time > extract(epoch FROM clock_timestamp()) * 1000 + 5200";
        await("idle")
                .atMost(SOON)
                .until(() -> scene.database.inTransaction(transaction -> {
                    transaction
                            .sql()
                            .execute("SELECT FROM quartz.qrtz_locks WHERE lock_name = 'TRIGGER_ACCESS' FOR UPDATE");
                    boolean free = transaction
                            .sql()
                            .createQuery("SELECT EXISTS (SELECT FROM " + idle + ")")
                            .mapTo(Boolean.class)
                            .one();
                    if (free) {
                        statements.forEach(
                                statement -> transaction.sql().execute(statement.formatted(MINE + name(schedule))));
                    }
                    return free;
                }));
    }

    private static boolean rangSince(Scene scene, Schedule schedule, long millis) {
        return scene.count("quartz.qrtz_triggers WHERE " + MINE + name(schedule) + " AND prev_fire_time > " + millis)
                == 1;
    }

    private static List<String> repairs(Scene scene, String timetable) {
        return scene.database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("""
                        SELECT detail ->> 'wedge' FROM audit_entry
                        WHERE actor = 'system:watchdog' AND action = 'alarm.repair' AND detail ->> 'timetable' = :timetable
                        """)
                .bind("timetable", timetable)
                .mapTo(String.class)
                .list());
    }

    private static String name(Schedule schedule) {
        return "'" + schedule.timetableId() + "'";
    }
}
