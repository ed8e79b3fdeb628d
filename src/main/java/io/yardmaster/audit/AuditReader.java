package io.yardmaster.audit;

import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

/** Searches the record. */
public final class AuditReader {
    private static final String FIND = """
            SELECT id, at, actor, address, action, subject_kind, namespace, subject, detail::text AS detail
            FROM audit_entry
            WHERE (:before = 0 OR id < :before)
              AND (CAST(:kind AS text) IS NULL OR subject_kind = :kind)
              AND (CAST(:namespace AS text) IS NULL OR namespace = :namespace)
              AND (CAST(:subject AS text) IS NULL OR subject = :subject)
            """;

    /** Always by its index, whatever plan a statement that is used often gets. */
    private static final String BY_ACTOR = "AND actor = :actor ";

    private static final String NEWEST = "ORDER BY id DESC LIMIT :limit";

    private AuditReader() {}

    /**
     * What to look for; null stands for any.
     *
     * @param before only entries older than this id; 0 for the newest
     */
    public record Search(String kind, String namespace, String subject, String actor, long before) {}

    /**
     * The newest first: by the primary key, by audit_entry_by_subject if a subject's kind and name are given, by
     * audit_entry_by_actor if an actor is.
     */
    public static List<RecordedEntry> find(Transaction transaction, Search search, int limit) {
        return transaction
                .sql()
                .createQuery(FIND + (search.actor() == null ? "" : BY_ACTOR) + NEWEST)
                .bindMethods(search)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list();
    }

    private static RecordedEntry entry(ResultSet row) throws SQLException {
        return new RecordedEntry(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new Actor(row.getString("actor"), row.getString("address")),
                row.getString("action"),
                new Subject(row.getString("subject_kind"), row.getString("namespace"), row.getString("subject")),
                row.getString("detail"));
    }
}
