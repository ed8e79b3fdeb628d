package io.yardmaster.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.protocol.Report;
import io.yardmaster.protocol.Report.Outcome;
import io.yardmaster.protocol.RunRef;

/**
 * How an attempt ended, as kept until a server acknowledges it.
 *
 * @param startedAt milliseconds of the machine's uptime
 * @param endedAt likewise
 * @param ranMillis how long it ran between the two; null if all the time
 * @param bootId of the machine's start that both count from
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SpooledReport(
        Outcome outcome,
        Integer exitCode,
        String message,
        JsonNode result,
        long startedAt,
        long endedAt,
        Long ranMillis,
        String bootId) {
    private static final int MESSAGE_LIMIT = 1000;

    static SpooledReport of(Result result, long startedAt, long endedAt, Long ranMillis) {
        return new SpooledReport(
                result.outcome(),
                result.exitCode(),
                result.message(),
                result.values(),
                startedAt,
                endedAt,
                ranMillis,
                Machine.bootId());
    }

    /** After a restart of the machine it counts as just ended: no clock tells how long the machine was off. */
    Report toReport(RunRef ref, long outputBytes, long uptimeNow, String bootNow) {
        long ended = bootNow.equals(bootId) ? Math.max(0, uptimeNow - endedAt) : 0;
        long started = ended + (endedAt - startedAt);
        return new Report(ref, outcome, exitCode, shortened(), result, started, ended, ranMillis, outputBytes);
    }

    private String shortened() {
        if (message == null) {
            return null;
        }
        String line = message.replaceAll("\\s+", " ").strip();
        return line.length() <= MESSAGE_LIMIT ? line : line.substring(0, MESSAGE_LIMIT - 1) + "…";
    }
}
