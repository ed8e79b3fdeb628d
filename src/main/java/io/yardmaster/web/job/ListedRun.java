package io.yardmaster.web.job;

import io.yardmaster.run.Run;
import java.time.Duration;

/**
 * A run on its job's page.
 *
 * @param took null while it runs, or if it never started
 */
public record ListedRun(Run run, Duration took) {
    static ListedRun of(Run run) {
        Run.Times times = run.times();
        boolean whole = times.startedAt() != null && times.endedAt() != null;
        return new ListedRun(run, whole ? Duration.between(times.startedAt(), times.endedAt()) : null);
    }
}
