package io.yardmaster.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Said;
import io.yardmaster.database.Trouble;
import io.yardmaster.security.Busy;
import io.yardmaster.security.Denied;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What went wrong, as the one who asked is told.
 *
 * @param detail one sentence that gives away nothing of our insides
 * @param problems field by field; empty unless input was refused
 */
record Failure(int status, String detail, List<Invalid.Problem> problems) {
    private static final int INTERNAL = 500;

    /** What no column can hold, whichever field it came in: by SQLSTATE. */
    private static final Map<String, String> REFUSED_VALUES = Map.of(
            "22021", "a text holds the character NUL (U+0000), which cannot be stored: leave it out",
            "22008", "a point in time is too far away: give a year from 0001 to 9999");

    boolean isOurs() {
        return status >= INTERNAL;
    }

    static Failure of(Throwable thrown) {
        if (thrown instanceof Invalid invalid) {
            return new Failure(422, "the input was not accepted, and nothing was stored", invalid.problems());
        }
        if (thrown instanceof Missing || thrown instanceof Conflict) {
            return new Failure(thrown instanceof Missing ? 404 : 409, thrown.getMessage(), List.of());
        }
        if (thrown instanceof Denied denied) {
            return new Failure(denied.mayView() ? 403 : 404, denied.getMessage(), List.of());
        }
        if (thrown instanceof JsonProcessingException malformed) {
            return unreadable(malformed);
        }
        return thrown instanceof WebApplicationException known ? ofRest(known) : unexpected(thrown);
    }

    private static Failure ofRest(WebApplicationException known) {
        if (known.getCause() instanceof JsonProcessingException malformed) {
            return unreadable(malformed);
        }
        int status = known.getResponse().getStatus();
        if (known.getCause() instanceof Invalid invalid) {
            return new Failure(status, known.getMessage(), invalid.problems());
        }
        return new Failure(status, status == 404 ? "there is nothing at this address" : known.getMessage(), List.of());
    }

    private static Failure unreadable(JsonProcessingException malformed) {
        String where = malformed instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        String place = malformed.getLocation() == null
                ? ""
                : " at line " + malformed.getLocation().getLineNr() + ", column "
                        + malformed.getLocation().getColumnNr();
        Said what = wrong(malformed);
        return new Failure(400, "the body could not be read" + place, new Invalid(where, null, what).problems());
    }

    /** The reader's own words name classes of ours when the text is JSON, but of another shape than asked for. */
    private static Said wrong(JsonProcessingException malformed) {
        if (malformed instanceof UnrecognizedPropertyException unknown) {
            return Said.of("invalid.json.field", unknown.getKnownPropertyIds());
        }
        if (malformed instanceof StorableText.Unstorable) {
            return Said.of("invalid.unstorable");
        }
        if (malformed instanceof StreamConstraintsException
                || malformed.getCause() instanceof StreamConstraintsException) {
            return Said.of("invalid.json.bounds", Json.DEEPEST);
        }
        return malformed instanceof JsonMappingException
                ? Said.of("invalid.json.kind")
                : Said.of("invalid.json.syntax", Json.fault(malformed));
    }

    private static Failure unexpected(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Busy) {
                return new Failure(429, cause.getMessage(), List.of());
            }
            if (cause instanceof SQLException sql && REFUSED_VALUES.containsKey(String.valueOf(sql.getSQLState()))) {
                return new Failure(422, REFUSED_VALUES.get(sql.getSQLState()), List.of());
            }
        }
        Optional<Trouble> trouble = Trouble.of(thrown);
        if (trouble.isPresent()) {
            return new Failure(503, told(trouble.get()) + "; try again in a few seconds", List.of());
        }
        return new Failure(INTERNAL, "something went wrong on our side; the log of the server says what", List.of());
    }

    private static String told(Trouble trouble) {
        return switch (trouble) {
            case AWAY -> "the database cannot be reached";
            case HELD_UP -> "others were changing the same for too long, so nothing was changed";
            case TOO_LONG -> "the database did not come to an answer in time";
        };
    }
}
