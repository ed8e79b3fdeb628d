package io.yardmaster.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.job.JobDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A run that a node has accepted.
 *
 * @param ref which run and epoch
 * @param attempt counted from 1
 * @param nominalAt the schedule's instant; null if it was not scheduled
 * @param parameters the run's own, the job's among them
 * @param namespace of the job
 * @param job name of the job
 * @param definition of the job, in the version that the run was made from; its task says so if it cannot be read
 * @param tokens of the locks that it holds, by their names as {@code namespace/name}
 */
public record AcceptedRun(
        RunEpoch ref,
        int attempt,
        Instant nominalAt,
        Map<String, String> parameters,
        String namespace,
        String job,
        JobDefinition definition,
        Map<String, Long> tokens) {

    static final class Mapper implements RowMapper<AcceptedRun> {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final TypeReference<Map<String, String>> PARAMETERS = new TypeReference<>() {};
        private static final TypeReference<Map<String, Long>> TOKENS = new TypeReference<>() {};

        @Override
        public AcceptedRun map(ResultSet row, StatementContext context) throws SQLException {
            OffsetDateTime nominal = row.getObject("nominal_at", OffsetDateTime.class);
            return new AcceptedRun(
                    new RunEpoch(row.getLong("id"), row.getLong("epoch")),
                    row.getInt("attempt"),
                    nominal == null ? null : nominal.toInstant(),
                    json(row, "parameters", PARAMETERS),
                    row.getString("namespace"),
                    row.getString("name"),
                    JobDefinition.forRun(row.getString("definition")),
                    row.getString("tokens") == null ? Map.of() : json(row, "tokens", TOKENS));
        }

        private static <T> T json(ResultSet row, String column, TypeReference<T> type) throws SQLException {
            try {
                return JSON.readValue(row.getString(column), type);
            } catch (JsonProcessingException unreadable) {
                throw new SQLException("run " + row.getLong("id") + " has unreadable " + column, unreadable);
            }
        }
    }
}
