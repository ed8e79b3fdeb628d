package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.timetable.Gap;
import io.yardmaster.timetable.Overlap;
import io.yardmaster.timetable.Timetable;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Quartz alone, without the reconciler. */
final class AlarmClockIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private Scene scene;
    private AlarmClock alarms;

    @BeforeEach
    void set(Database database) {
        scene = Scene.empty(database);
        // a scheduler that was closed may have left an alarm acquired, which this one does not mend
        database.useTransaction(transaction -> transaction
                .sql()
                .execute("DELETE FROM quartz.qrtz_fired_triggers; DELETE FROM quartz.qrtz_simprop_triggers;"
                        + " DELETE FROM quartz.qrtz_triggers"));
        alarms = new AlarmClock(database, scene.server(), "one");
    }

    @AfterEach
    void stop() {
        alarms.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().contains("QuartzScheduler")
                        || thread.getName().startsWith("yardmaster_Worker"));
    }

    @Test
    void an_alarm_fires_what_is_due() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        alarms.check();
        await().until(() -> scene.runs(schedule).size() >= 3);
        assertThat(scene.account(schedule).unaccounted()).isZero();
        assertThat(scene.count("quartz.qrtz_blob_triggers")).isZero();
        assertThat(scene.count("quartz.qrtz_triggers WHERE trigger_type = 'YARD' AND misfire_instr = -1"))
                .isPositive();
    }

    // R4
    @Test
    void two_servers_in_one_process_share_the_alarms_and_double_nothing() {
        try (AlarmClock other = new AlarmClock(scene.database, scene.server(), "two")) {
            Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
            alarms.check();
            other.check();
            await().until(() -> scene.runs(schedule).size() >= 4);
            assertThat(scene.runs(schedule)).doesNotHaveDuplicates();
            assertThat(scene.count("quartz.qrtz_scheduler_state WHERE instance_name LIKE 'one-%'"))
                    .isPositive();
            assertThat(scene.count("quartz.qrtz_scheduler_state WHERE instance_name LIKE 'two-%'"))
                    .isPositive();
        }
    }

    @Test
    void a_timetable_that_nobody_follows_has_no_alarm() {
        Schedule schedule = scene.schedule(scene.job(), daily());
        alarms.check();
        String mine = "quartz.qrtz_triggers WHERE trigger_name = '" + schedule.timetableId() + "'";
        assertThat(scene.count(mine)).isEqualTo(1);
        scene.database.useTransaction(
                transaction -> scene.schedules.enable(transaction, schedule.id(), false, Scene.OPERATOR));
        alarms.check();
        assertThat(scene.count(mine)).isZero();
    }

    @Test
    void an_alarm_that_is_late_skips_ahead_instead_of_ringing_for_each_instant() {
        // Quartz acquires what is due within seconds: an alarm of every second would hardly ever be waiting
        Schedule schedule = scene.schedule(scene.job(), daily());
        alarms.check();
        String mine = " WHERE trigger_name = '" + schedule.timetableId() + "'";
        long late = Instant.parse("2020-01-01T01:30:00Z").toEpochMilli();
        String setBack =
                "UPDATE quartz.qrtz_triggers SET next_fire_time = " + late + mine + " AND trigger_state = 'WAITING'";
        await().until(() ->
                scene.database.inTransaction(transaction -> transaction.sql().execute(setBack)) == 1);
        await().until(() -> scene.count("quartz.qrtz_triggers" + mine + " AND next_fire_time <> " + late) == 1);
        assertThat(scene.count("quartz.qrtz_triggers" + mine + " AND prev_fire_time = " + late
                        + " AND next_fire_time / 1000.0 > extract(epoch FROM clock_timestamp())"))
                .as("it rang once and is set to an instant to come")
                .isEqualTo(1);
    }

    private static Timetable daily() {
        return new Timetable(Timetable.Kind.CRON, "0 30 2 * * ?", "Europe/Berlin", Gap.SHIFT, Overlap.SECOND);
    }
}
