package io.yardmaster.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Text;
import io.yardmaster.dispatch.RunEpoch;
import io.yardmaster.protocol.Report;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.run.RunState;
import java.time.Duration;
import java.time.Instant;

/** A report that is of the right form, in words that the database can hold. */
record CheckedReport(RunEpoch ref, Report report, String message, JsonNode result) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_MESSAGE = 1000;
    private static final int LARGEST_RESULT = 1 << 20;
    private static final long LONGEST_AGO = Duration.ofDays(3650).toMillis();

    /** @throws Invalid with every problem there is */
    static CheckedReport of(Report report) {
        if (report == null) {
            throw new Invalid("reports", null, "invalid.null-element");
        }
        RunEpoch ref = Refs.read("reports.ref", report.ref());
        Invalid.Problems problems = new Invalid.Problems();
        problems.check(report.outcome() != null, "reports.outcome", null, "invalid.absent");
        Checks.range(problems, "reports.startedAgoMillis", report.startedAgoMillis(), LONGEST_AGO);
        Checks.range(problems, "reports.endedAgoMillis", report.endedAgoMillis(), report.startedAgoMillis());
        if (report.ranMillis() != null) {
            Checks.range(problems, "reports.ranMillis", report.ranMillis(), LONGEST_AGO);
        }
        Checks.range(problems, "reports.outputBytes", report.outputBytes(), Long.MAX_VALUE);
        problems.throwIfAny();
        return new CheckedReport(ref, report, clean(report.message()), result(report.result()));
    }

    private static String clean(String message) {
        if (message == null) {
            return null;
        }
        String cut = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
        return Text.storable(cut);
    }

    private static JsonNode result(JsonNode result) {
        if (result == null || result.isNull()) {
            return null;
        }
        String text = result.toString();
        if (!result.isObject() || text.length() > LARGEST_RESULT) {
            throw new Invalid("reports.result", text, "invalid.result", LARGEST_RESULT);
        }
        try {
            return text.contains("\\u0000") ? JSON.readTree(text.replace("\\u0000", "\\ufffd")) : result;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** For a result that the database refuses: better the end without it than no end. */
    CheckedReport withoutResult() {
        return new CheckedReport(
                ref, report, clean("its result could not be stored; " + (message == null ? "" : message)), null);
    }

    /** @param now by the database's clock, which the worker's "ago" is counted from */
    AttemptEnd end(Instant now) {
        return new AttemptEnd(
                ref.run(),
                ref.epoch(),
                state(),
                report.exitCode(),
                message,
                result,
                now.minusMillis(report.startedAgoMillis()),
                now.minusMillis(report.endedAgoMillis()),
                report.ranMillis() == null ? null : report.ranMillis() / 1000.0);
    }

    private RunState state() {
        return switch (report.outcome()) {
            case SUCCEEDED -> RunState.SUCCEEDED;
            case FAILED -> RunState.FAILED;
            case TIMED_OUT -> RunState.TIMED_OUT;
            case CANCELLED -> RunState.CANCELLED;
        };
    }
}
