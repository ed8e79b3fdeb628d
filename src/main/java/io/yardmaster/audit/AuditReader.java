package io.yardmaster.audit;

import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Searches and verifies the record. */
public final class AuditReader {
    private AuditReader() {}

    /**
     * What to look for; null stands for any.
     *
     * @param before only entries older than this id; 0 for the newest
     */
    public record Search(String kind, String namespace, String subject, String actor, long before) {}

    /** The newest first, by the primary key, or by audit_entry_by_subject if a subject's kind and name are given. */
    public static List<RecordedEntry> find(Transaction transaction, Search search, int limit) {
        return transaction
                .sql()
                .createQuery("""
                        SELECT id, at, actor, address, action, subject_kind, namespace, subject, detail::text AS detail
                        FROM audit_entry
                        WHERE (:before = 0 OR id < :before)
                          AND (CAST(:kind AS text) IS NULL OR subject_kind = :kind)
                          AND (CAST(:namespace AS text) IS NULL OR namespace = :namespace)
                          AND (CAST(:subject AS text) IS NULL OR subject = :subject)
                          AND (CAST(:actor AS text) IS NULL OR actor = :actor)
                        ORDER BY id DESC LIMIT :limit""")
                .bindMethods(search)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list();
    }

    /**
     * Recomputes the chain.
     *
     * @return id of the first entry that was altered or whose predecessor is missing; 0 if the end was cut off; empty
     *     if all is as it was written
     */
    public static Optional<Long> firstBroken(Transaction transaction) {
        transaction.sql().execute("SET LOCAL statement_timeout = '10min'");
        return transaction.sql().createQuery("""
                        WITH chained AS (
                            SELECT id, hash, previous_hash,
                                   lag(hash, 1, decode(repeat('00', 32), 'hex')) OVER (ORDER BY id) AS expected_previous,
                                   -- a time that no clock told has no hash
                                   CASE WHEN at BETWEEN '1970-01-01' AND '9999-12-31' THEN
                                       audit_hash(previous_hash, at, jsonb_build_array(actor, action, subject_kind,
                                           namespace, subject, detail, address)) END AS expected
                            FROM audit_entry)
                        SELECT id FROM (
                            SELECT id FROM chained
                            WHERE hash IS DISTINCT FROM expected OR previous_hash <> expected_previous
                            UNION ALL
                            SELECT 0 WHERE NOT EXISTS (SELECT FROM audit_head WHERE hash = coalesce(
                                (SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1),
                                decode(repeat('00', 32), 'hex')))) AS broken
                        ORDER BY id = 0, id LIMIT 1""").mapTo(Long.class).findOne();
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
