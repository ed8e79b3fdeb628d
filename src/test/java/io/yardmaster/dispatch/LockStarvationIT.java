package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.LockedJobs.Part;
import io.yardmaster.job.Job;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** R10: who waits for a lock is overtaken by nobody that came later, so it waits for those before it alone. */
final class LockStarvationIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class);

    /** Of 20 ms each: 50 come in a second, and each lasts a second. */
    private static final int LASTS = 50;

    private Yard yard;
    private LockedJobs jobs;
    private Yard.Place place;
    private final Deque<Long> running = new ArrayDeque<>();

    @BeforeEach
    void begin(Database database) {
        yard = new Yard(database);
        yard.clear();
        jobs = new LockedJobs(database, yard);
        place = yard.place(2 * LASTS);
    }

    @Test
    void a_writer_enters_when_the_readers_before_it_have_ended() {
        long file = jobs.readWrite();
        assertThat(beatsUntilItRuns(jobs.job(file), jobs.job(new Part(file, LockedJobs.ALL))))
                .isLessThanOrEqualTo(LASTS);
    }

    @Test
    void a_request_for_all_permits_is_granted_when_the_small_ones_before_it_have_ended() {
        long licences = jobs.semaphore(LASTS);
        assertThat(beatsUntilItRuns(jobs.job(licences), jobs.job(new Part(licences, LASTS))))
                .isLessThanOrEqualTo(LASTS);
    }

    /** A run of {@code small} comes at each beat, and one ends, as ever; among them comes one of {@code large}. */
    private int beatsUntilItRuns(long small, long large) {
        for (int beat = 0; beat < LASTS; beat++) {
            beat(small);
        }
        assertThat(running).hasSize(LASTS);
        long waiting = jobs.run(large);
        yard.dispatchOnce();
        for (int beat = 1; beat <= 3 * LASTS; beat++) {
            jobs.end(running.remove());
            beat(small);
            if (yard.state(waiting).equals("RUNNING")) {
                return beat;
            }
        }
        throw new AssertionError("it starves");
    }

    private void beat(long job) {
        jobs.run(job);
        yard.dispatchOnce();
        yard.acceptAll(place).forEach(run -> running.add(run.ref().run()));
    }
}
