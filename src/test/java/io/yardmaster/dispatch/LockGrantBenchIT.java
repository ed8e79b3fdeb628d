package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What it takes from the end of a holder to the offer to the next, however many wait. */
@Tag("bench")
final class LockGrantBenchIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class);

    private static final int[] WAITERS = {100, 1_000, 10_000};
    private static final int WARM_UP = 300;
    private static final int GRANTS = 300;

    // R20
    @Test
    void a_grant_takes_at_most_twenty_milliseconds_however_many_wait(Database database) {
        Yard yard = new Yard(database);
        LockedJobs jobs = new LockedJobs(database, yard);
        double least = Double.MAX_VALUE;
        for (int waiters : WAITERS) {
            yard.clear();
            Yard.Place place = yard.place(10);
            long mutex = jobs.mutex();
            jobs.runs(jobs.job(mutex), null, waiters + WARM_UP + GRANTS);
            for (int pass = 0; pass < 10; pass++) {
                yard.dispatchOnce();
            }
            POSTGRES.analyze();
            grant(yard, jobs, place, WARM_UP);
            double[] millis = grant(yard, jobs, place, GRANTS);
            double half = millis[GRANTS / 2];
            System.out.printf(
                    "%d wait: a grant takes %.1f ms (half), %.1f ms (9 in 10), %.1f ms (99 in 100)%n",
                    jobs.tickets(mutex), half, millis[GRANTS * 9 / 10], millis[GRANTS * 99 / 100]);
            assertThat(millis[GRANTS * 9 / 10]).isLessThan(20);
            least = Math.min(least, half);
            assertThat(half).as("flat").isLessThan(2 * least);
        }
    }

    /** @return how long each took, ascending */
    private static double[] grant(Yard yard, LockedJobs jobs, Yard.Place place, int count) {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long run = yard.acceptAll(place).get(0).ref().run();
            long began = System.nanoTime();
            jobs.end(run);
            yard.dispatchOnce();
            millis[i] =
                    (System.nanoTime() - began) / (double) Duration.ofMillis(1).toNanos();
        }
        Arrays.sort(millis);
        return millis;
    }
}
