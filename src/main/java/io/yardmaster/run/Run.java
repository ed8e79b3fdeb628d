package io.yardmaster.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One execution as it stands, waiting, running or ended.
 *
 * @param id time-ordered
 * @param state see {@link RunState}
 * @param job what it executes
 * @param queue where it waits or waited
 * @param cause why it exists
 * @param nominalAt the schedule's instant; null if it was not scheduled
 * @param adjustment what a clock change did to that instant; null for nothing
 * @param urgency what its place in the queue may come of
 * @param times when what happened
 * @param placement where it runs or ran
 * @param waiting why it cannot be dispatched yet; null unless blocked
 * @param hold who keeps it back; null unless held
 * @param pausing of the attempt under way; null if nobody ever asked for a pause
 * @param cancellation who asked for its end; null if nobody did
 * @param ending how it ended; null while unfinished
 * @param parameters what it was started with
 * @param attempts those that are over, oldest first
 */
public record Run(
        long id,
        RunState state,
        JobRef job,
        QueueRef queue,
        Cause cause,
        Instant nominalAt,
        String adjustment,
        Urgency urgency,
        Times times,
        Placement placement,
        Waiting waiting,
        Hold hold,
        Pausing pausing,
        Cancellation cancellation,
        Ending ending,
        Map<String, String> parameters,
        List<Attempt> attempts) {

    /** The job, by what people call it and in the version that runs. */
    public record JobRef(long id, String namespace, String name, int version) {}

    /** The queue, by what people call it. */
    public record QueueRef(long id, String namespace, String name) {}

    /** Priority −50 to 50, higher first; the instant by which it should have started, null for none of its own. */
    public record Urgency(int priority, Instant deadlineAt) {}

    /** Each null until it has come to pass, but for {@code createdAt} and {@code dueAt}. */
    public record Times(Instant createdAt, Instant dueAt, Instant readyAt, Instant startedAt, Instant endedAt) {}

    /** The epoch counts offers, the attempt acceptances; {@code node} is 0 and its name null before the first. */
    public record Placement(long epoch, int attempt, long node, String nodeName) {}

    /** The reason in words and the instant at which it passes by itself, if it does. */
    public record Waiting(String reason, Instant until) {}

    /** The reason is empty where none was given. */
    public record Hold(Instant at, String by, String reason) {}

    /**
     * A request for a pause or its end, and what came of those before.
     *
     * @param wanted whether it is to be paused, or else to run
     * @param obeyed whether it is so by now
     * @param by who paused it; null if its slice had ended, or it is not paused
     * @param since when it was paused; null unless it is
     * @param times how many times it was paused
     * @param wentOnAt when it last went on; null if it never did
     * @param ran its running time up to the last pause; null before the first
     */
    public record Pausing(
            boolean wanted, boolean obeyed, String by, Instant since, int times, Instant wentOnAt, Duration ran) {
        private Duration ran(Instant startedAt, Instant now) {
            if (ran == null) {
                return Duration.between(startedAt, now);
            }
            return wanted == obeyed ? ran : ran.plus(Duration.between(wentOnAt, now));
        }
    }

    /** Running time of the last attempt, its pauses left out; null if there was none. */
    public Duration ran(Instant now) {
        if (times.startedAt() == null) {
            return null;
        }
        Attempt last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
        if (times.endedAt() != null && last != null && last.ranSeconds() != null) {
            return Duration.ofMillis(Math.round(last.ranSeconds() * 1000));
        }
        Instant until = times.endedAt() == null ? now : times.endedAt();
        Duration ran =
                pausing == null ? Duration.between(times.startedAt(), until) : pausing.ran(times.startedAt(), until);
        return ran.isNegative() ? Duration.ZERO : ran;
    }

    /** A request, which becomes an end when the processes are dead. */
    public record Cancellation(Instant at, String by) {}

    /** Exit code and message may be null; the result is a JSON object or null. */
    public record Ending(Integer exitCode, String message, JsonNode result) {}
}
