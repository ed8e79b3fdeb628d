package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PastFiresIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private static final List<String> PAST_AND_PRESENT = List.of(
            "INSERT INTO fire (timetable_id, nominal_at, fired_at, runs) SELECT timetable_id, day, day, 1 FROM days",
            "INSERT INTO fire_range (schedule_id, from_at, through_at, instants, reason)"
                    + " SELECT id, day - interval '1 h', day, 1, 'MISSED' FROM days",
            "INSERT INTO schedule_stretch (schedule_id, timetable_id, from_at, through_at)"
                    + " SELECT id, timetable_id, day - interval '1 h', day FROM days");

    @Test
    void only_what_is_past_its_days_is_forgotten_and_what_is_open_stays(Database database) {
        Scene scene = new Scene(database);
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        PAST_AND_PRESENT.forEach(statement -> database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate("WITH days AS (SELECT s.id, s.timetable_id, clock_timestamp() - days * interval '1 day'"
                        + " AS day FROM schedule s, unnest(ARRAY[9, 11, 12]) AS days WHERE s.id = :id) " + statement)
                .bind("id", schedule.id())
                .execute()));
        // these stay until no calendar can have them due once more
        for (String table : List.of("timetable_settled", "timetable_overtaken", "schedule_settled")) {
            String of = table.startsWith("timetable") ? "timetable_id" : "id";
            database.useTransaction(transaction -> transaction
                    .sql()
                    .createUpdate("INSERT INTO " + table + " SELECT s." + of
                            + ", clock_timestamp() - days * interval '1 day',"
                            + " clock_timestamp() - days * interval '1 day'"
                            + " FROM schedule s, unnest(ARRAY[11, 69, 71]) AS days WHERE s.id = :id")
                    .bind("id", schedule.id())
                    .execute());
        }
        new PastFires(database, Duration.ofDays(10)).sweep();
        assertThat(scene.count("timetable_settled")).isEqualTo(2);
        assertThat(scene.count("timetable_overtaken")).isEqualTo(2);
        assertThat(scene.count("schedule_settled")).isEqualTo(2);
        assertThat(scene.count("fire WHERE fired_at < clock_timestamp() - interval '8 days'"))
                .isEqualTo(1);
        assertThat(scene.count("fire_range")).isEqualTo(1);
        assertThat(scene.count("schedule_stretch WHERE through_at IS NOT NULL")).isEqualTo(1);
        assertThat(scene.count("schedule_stretch WHERE through_at IS NULL")).isEqualTo(1);
    }
}
