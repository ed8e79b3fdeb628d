package io.yardmaster.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads a {@link Backfill} from what {@link BackfillList} selects. */
final class BackfillMapper implements RowMapper<Backfill> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> PARAMETERS = new TypeReference<>() {};

    @Override
    public Backfill map(ResultSet row, StatementContext context) throws SQLException {
        BackfillState state = BackfillState.valueOf(row.getString("state"));
        return new Backfill(
                row.getLong("id"),
                of(row),
                Timetables.plain(row),
                row.getString("calendar"),
                Timetables.rule(row),
                Timetables.instant(row, "from_at"),
                Timetables.instant(row, "through_at"),
                row.getInt("instants"),
                new BackfillTerms(
                        row.getInt("parallelism"),
                        row.getBoolean("newest_first"),
                        row.getBoolean("stop_on_failure"),
                        row.getBoolean("again")),
                parameters(row),
                state,
                course(row),
                progress(row, state));
    }

    private static Backfill.Of of(ResultSet row) throws SQLException {
        return new Backfill.Of(
                row.getLong("job_id"),
                row.getString("namespace"),
                row.getString("job"),
                row.getBoolean("archived"),
                row.getObject("schedule_id", Long.class),
                row.getString("schedule"));
    }

    private static Backfill.Course course(ResultSet row) throws SQLException {
        return new Backfill.Course(
                Timetables.instant(row, "created_at"),
                row.getString("created_by"),
                row.getString("cancelled_by"),
                Timetables.instant(row, "ended_at"));
    }

    private static BackfillProgress progress(ResultSet row, BackfillState state) throws SQLException {
        Instant now = Timetables.instant(row, "now");
        int pending = row.getInt("pending");
        int started = row.getInt("started");
        return new BackfillProgress(
                pending,
                started,
                row.getInt("succeeded"),
                row.getInt("failed"),
                row.getInt("cancelled"),
                row.getInt("left_out"),
                state == BackfillState.RUNNING
                        ? BackfillProgress.endsAt(
                                now,
                                row.getObject("seconds", Double.class),
                                pending + started,
                                row.getInt("parallelism"))
                        : null);
    }

    private static Map<String, String> parameters(ResultSet row) throws SQLException {
        try {
            return JSON.readValue(row.getString("parameters"), PARAMETERS);
        } catch (JsonProcessingException unreadable) {
            throw new SQLException("backfill " + row.getLong("id") + " has unreadable parameters", unreadable);
        }
    }
}
