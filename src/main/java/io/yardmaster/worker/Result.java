package io.yardmaster.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.protocol.Report.Outcome;

/**
 * How an execution ended.
 *
 * @param exitCode null if there was no process
 * @param message for people; may be null
 * @param values a JSON object; may be null
 */
record Result(Outcome outcome, Integer exitCode, String message, JsonNode values) {
    static Result succeeded() {
        return new Result(Outcome.SUCCEEDED, null, null, null);
    }

    static Result failed(String message) {
        return new Result(Outcome.FAILED, null, message, null);
    }
}
