package io.yardmaster.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads a {@link Run} from the columns of {@link RunColumns}. */
final class RunMapper implements RowMapper<Run> {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final TypeReference<Map<String, String>> PARAMETERS = new TypeReference<>() {};
    private static final TypeReference<List<Attempt>> ATTEMPTS = new TypeReference<>() {};

    @Override
    public Run map(ResultSet row, StatementContext context) throws SQLException {
        return new Run(
                row.getLong("id"),
                RunState.valueOf(row.getString("state")),
                new Run.JobRef(
                        row.getLong("job_id"),
                        row.getString("job_namespace"),
                        row.getString("job_name"),
                        row.getInt("job_version")),
                new Run.QueueRef(
                        row.getLong("queue_id"), row.getString("queue_namespace"), row.getString("queue_name")),
                new Cause(Cause.Kind.valueOf(row.getString("cause")), row.getString("caused_by")),
                instant(row, "nominal_at"),
                row.getString("adjustment"),
                new Run.Urgency(row.getInt("priority"), instant(row, "deadline_at")),
                times(row),
                new Run.Placement(
                        row.getLong("epoch"),
                        row.getInt("attempt"),
                        row.getLong("node_id"),
                        row.getString("node_name")),
                waiting(row),
                hold(row),
                pausing(row),
                cancellation(row),
                ending(row),
                json(row, "parameters", PARAMETERS),
                json(row, "attempts", ATTEMPTS));
    }

    private static Run.Times times(ResultSet row) throws SQLException {
        return new Run.Times(
                instant(row, "created_at"),
                instant(row, "due_at"),
                instant(row, "ready_at"),
                instant(row, "started_at"),
                instant(row, "ended_at"));
    }

    private static Run.Waiting waiting(ResultSet row) throws SQLException {
        String reason = row.getString("blocked_reason");
        return reason == null ? null : new Run.Waiting(reason, instant(row, "wake_at"));
    }

    private static Run.Hold hold(ResultSet row) throws SQLException {
        Instant at = instant(row, "held_at");
        return at == null ? null : new Run.Hold(at, row.getString("held_by"), row.getString("held_reason"));
    }

    private static Run.Pausing pausing(ResultSet row) throws SQLException {
        // what a past attempt left there counts no more
        boolean onNode =
                EnumSet.of(RunState.RUNNING, RunState.PAUSED).contains(RunState.valueOf(row.getString("state")));
        int asked = onNode ? row.getInt("pause_sequence") : 0;
        Double ran = row.getObject("ran_seconds", Double.class);
        return asked == 0
                ? null
                : new Run.Pausing(
                        asked % 2 == 1,
                        asked == row.getInt("pause_confirmed"),
                        row.getString("paused_by"),
                        instant(row, "paused_at"),
                        row.getInt("pauses"),
                        instant(row, "slice_began_at"),
                        ran == null ? null : Duration.ofMillis(Math.round(ran * 1000)));
    }

    private static Run.Cancellation cancellation(ResultSet row) throws SQLException {
        Instant at = instant(row, "cancel_requested_at");
        return at == null ? null : new Run.Cancellation(at, row.getString("cancel_requested_by"));
    }

    private static Run.Ending ending(ResultSet row) throws SQLException {
        if (instant(row, "ended_at") == null) {
            return null;
        }
        return new Run.Ending(
                row.getObject("exit_code", Integer.class),
                row.getString("message"),
                row.getString("result") == null ? null : json(row, "result", new TypeReference<JsonNode>() {}));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static <T> T json(ResultSet row, String column, TypeReference<T> type) throws SQLException {
        try {
            return JSON.readValue(row.getString(column), type);
        } catch (JsonProcessingException unreadable) {
            throw new SQLException("run " + row.getLong("id") + " has an unreadable " + column, unreadable);
        }
    }
}
