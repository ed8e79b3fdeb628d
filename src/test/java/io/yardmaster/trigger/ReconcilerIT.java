package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ReconcilerIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    // R3 R18: without Quartz
    @Test
    void fires_each_second_by_itself_soon_after_it_is_due(Database database) {
        Scene scene = new Scene(database);
        try (Reconciler reconciler = new Reconciler(scene.server())) {
            reconciler.start();
            Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
            await().until(() -> scene.runs(schedule).size() >= 3);
        }
        assertThat(scene.count("fire WHERE fired_at < nominal_at + interval '1 s'"))
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void stops_at_once(Database database) {
        Reconciler reconciler = new Reconciler(new Scene(database).server());
        reconciler.start();
        long before = System.nanoTime();
        reconciler.close();
        assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("yardmaster-reconciler"));
    }
}
