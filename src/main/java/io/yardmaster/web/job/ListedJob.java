package io.yardmaster.web.job;

import io.yardmaster.timetable.Timetable;
import io.yardmaster.web.schedule.When;
import java.time.Instant;

/**
 * One line of the page of jobs.
 *
 * @param queueNamespace of the queue that its runs wait in
 * @param lastRunId the run that ended last; null if none did
 * @param lastState how it ended; null likewise
 * @param lastEndedAt when; null likewise
 * @param activeRunId its newest unfinished run; null if there is none
 * @param activeState where that stands; null likewise
 * @param schedules how many are on
 * @param paused whether all of them wait for the end of a pause
 * @param kind of the one that fires next; null if none is on
 * @param expression of the same; null likewise
 * @param zone of the same; null likewise
 * @param nextDue null if nothing is to come, or the job is off
 */
public record ListedJob(
        long id,
        String namespace,
        String name,
        String description,
        String queueNamespace,
        String queueName,
        boolean enabled,
        Long lastRunId,
        String lastState,
        Instant lastEndedAt,
        long succeeded,
        long failed,
        Long activeRunId,
        String activeState,
        int schedules,
        boolean paused,
        Timetable.Kind kind,
        String expression,
        String zone,
        Instant nextDue) {
    private static final int HUNDRED = 100;

    /** Of its ended runs, how many of a hundred succeeded, rounded down so that 100 means all; null before the first. */
    public Integer successRate() {
        long ended = succeeded + failed;
        return ended == 0 ? null : (int) (succeeded * HUNDRED / ended);
    }

    /** Null for a job that is never started by itself. */
    public When when() {
        return kind == null ? null : When.of(new Timetable(kind, expression, zone, null, null));
    }
}
