package io.yardmaster.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Transaction;
import io.yardmaster.run.RunFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of {@code bulk_act}. */
public final class BulkActs {
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private static final String KEEP = """
            INSERT INTO bulk_act (id, act, filter, typed, reason, queue_id, priority, asked_by, address, through_id)
            VALUES (:id, :act, CAST(:filter AS jsonb), :typed, :reason, :queue, :priority, :by, :address, :through)
            """;

    private static final String STOP = """
            UPDATE bulk_act SET ended_at = clock_timestamp(), stopped_by = :by WHERE id = :id AND ended_at IS NULL
            """;

    private static final String REFUSE =
            "UPDATE bulk_act SET ended_at = clock_timestamp(), refused = true WHERE id = :id AND ended_at IS NULL";

    /** Index {@code bulk_act_under_way}. One that another server is at is passed over. */
    private static final String TAKE =
            "SELECT * FROM bulk_act WHERE id = :id AND ended_at IS NULL FOR UPDATE SKIP LOCKED";

    private static final String WENT_ON = """
            UPDATE bulk_act SET after_id = :after, changed = changed + :changed, passed_over = passed_over + :passed,
                ended_at = CASE WHEN :over THEN clock_timestamp() END
            WHERE id = :id
            """;

    /** Keeps a new one, to be begun with. */
    public void keep(Transaction transaction, BulkAct act) {
        transaction
                .sql()
                .createUpdate(KEEP)
                .bind("id", act.id())
                .bind("act", act.act())
                .bind("filter", json(act.filter()))
                .bind("typed", act.typed())
                .bind("reason", act.terms().reason())
                .bind("queue", act.terms().queue())
                .bind("priority", act.terms().priority())
                .bind("by", act.by().name())
                .bind("address", act.by().address())
                .bind("through", act.throughRun())
                .execute();
    }

    public Optional<BulkAct> find(Transaction transaction, long id) {
        return transaction
                .sql()
                .createQuery("SELECT * FROM bulk_act WHERE id = :id")
                .bind("id", id)
                .map(BulkActs::map)
                .findFirst();
    }

    /**
     * The newest first.
     *
     * @param by account that asked for them; null for everybody's
     */
    public List<BulkAct> list(Transaction transaction, String by, int limit) {
        return transaction
                .sql()
                .createQuery("""
                        SELECT * FROM bulk_act WHERE CAST(:by AS text) IS NULL OR asked_by = :by
                        ORDER BY id DESC LIMIT :limit
                        """)
                .bind("by", by)
                .bind("limit", limit)
                .map(BulkActs::map)
                .list();
    }

    /** Leaves the rest undone; again, or after its end, it changes nothing. */
    public void stop(Transaction transaction, long id, Actor by) {
        int stopped = transaction
                .sql()
                .createUpdate(STOP)
                .bind("id", id)
                .bind("by", by.name())
                .execute();
        if (stopped == 1) {
            Subject subject = new Subject("bulk-act", null, Long.toString(id));
            Audit.record(transaction, new AuditEntry(by, "run.bulk.stop", subject, Map.of()));
        }
    }

    /** Leaves the rest undone, since who asked for it may no longer do it. */
    void refuse(Transaction transaction, BulkAct act) {
        transaction.sql().createUpdate(REFUSE).bind("id", act.id()).execute();
        Subject subject = new Subject("bulk-act", null, Long.toString(act.id()));
        Audit.record(transaction, new AuditEntry(act.by(), "run.bulk.refuse", subject, Map.of()));
    }

    /** Ids of those that have not ended, oldest first. */
    List<Long> underWay(Transaction transaction) {
        return transaction
                .sql()
                .createQuery("SELECT id FROM bulk_act WHERE ended_at IS NULL ORDER BY id")
                .mapTo(Long.class)
                .list();
    }

    /** Locked until the transaction ends; empty if it has ended or somebody else is at it. */
    Optional<BulkAct> take(Transaction transaction, long id) {
        return transaction
                .sql()
                .createQuery(TAKE)
                .bind("id", id)
                .map(BulkActs::map)
                .findFirst();
    }

    /** @param looked ids of the runs of this batch; fewer than there may be are the last */
    void wentOn(Transaction transaction, BulkAct act, List<Long> looked, int changed, boolean over) {
        transaction
                .sql()
                .createUpdate(WENT_ON)
                .bind("id", act.id())
                .bind("after", looked.isEmpty() ? act.progress().afterRun() : looked.get(looked.size() - 1))
                .bind("changed", changed)
                .bind("passed", looked.size() - changed)
                .bind("over", over)
                .execute();
    }

    private static BulkAct map(ResultSet row, StatementContext context) throws SQLException {
        return new BulkAct(
                row.getLong("id"),
                RunAct.valueOf(row.getString("act")),
                filter(row),
                row.getString("typed"),
                new BulkAct.Terms(
                        row.getString("reason"),
                        row.getObject("queue_id", Long.class),
                        row.getObject("priority", Integer.class)),
                new Actor(row.getString("asked_by"), row.getString("address")),
                row.getLong("through_id"),
                new BulkAct.Progress(
                        row.getLong("after_id"),
                        row.getLong("changed"),
                        row.getLong("passed_over"),
                        instant(row, "created_at"),
                        ending(row)));
    }

    private static BulkAct.Ending ending(ResultSet row) throws SQLException {
        Instant at = instant(row, "ended_at");
        return at == null ? null : new BulkAct.Ending(at, row.getString("stopped_by"), row.getBoolean("refused"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static RunFilter filter(ResultSet row) throws SQLException {
        try {
            return JSON.readValue(row.getString("filter"), RunFilter.class);
        } catch (JsonProcessingException unreadable) {
            throw new SQLException("bulk act " + row.getLong("id") + " has an unreadable filter", unreadable);
        }
    }

    private static String json(RunFilter filter) {
        try {
            return JSON.writeValueAsString(filter);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("filter", impossible);
        }
    }
}
