package io.yardmaster.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.database.Invalid;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * RFC 9457.
 *
 * @param type {@code about:blank}: the status says it all
 * @param instance path of the request
 * @param id finds the cause in the server's log
 * @param errors what was wrong with the input, field by field
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemDetails(
        String type, String title, int status, String detail, String instance, String id, List<Fault> errors) {
    private static final int UNPROCESSABLE = 422;

    /** @param message in English, whatever the caller's language: programs search in it */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Fault(String field, String value, String message) {
        private static Fault of(Invalid.Problem problem) {
            return new Fault(problem.field(), problem.value(), problem.message());
        }
    }

    static ProblemDetails of(Failure failure, String id, String instance) {
        return new ProblemDetails(
                "about:blank",
                title(failure.status()),
                failure.status(),
                failure.detail(),
                instance,
                id,
                failure.problems().stream().map(Fault::of).toList());
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        if (known != null) {
            return known.getReasonPhrase();
        }
        return status == UNPROCESSABLE ? "Unprocessable Content" : "Error";
    }
}
