package io.yardmaster.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.yardmaster.database.Transaction;
import org.jdbi.v3.core.Handle;

/** Appends to the record. */
public final class Audit {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private Audit() {}

    /**
     * Appends {@code entry} in the transaction of the act itself, so that neither is without the other. All appenders
     * take one row lock, so it is done last, right before the commit.
     */
    public static void record(Transaction transaction, AuditEntry entry) {
        transaction.beforeCommit(() -> append(transaction, entry));
    }

    private static void append(Transaction transaction, AuditEntry entry) {
        Handle sql = transaction.sql();
        byte[] previous = sql.createQuery("SELECT hash FROM audit_head FOR UPDATE")
                .mapTo(byte[].class)
                .one();
        byte[] hash = insert(sql, entry, previous);
        int heads = sql.createUpdate("UPDATE audit_head SET hash = :hash")
                .bind("hash", hash)
                .execute();
        if (heads != 1) {
            throw new IllegalStateException("the audit has " + heads + " heads");
        }
    }

    private static byte[] insert(Handle sql, AuditEntry entry, byte[] previous) {
        return sql.createQuery("""
                        WITH entry AS (
                            SELECT clock_timestamp() AS at, :actor AS actor, :action AS action, :kind AS subject_kind,
                                   CAST(:namespace AS text) AS namespace, :subject AS subject,
                                   CAST(:detail AS jsonb) AS detail, CAST(:address AS text) AS address,
                                   CAST(:previous AS bytea) AS previous_hash)
                        INSERT INTO audit_entry (at, actor, action, subject_kind, namespace, subject, detail, address,
                                                 previous_hash, hash)
                        SELECT entry.*, audit_hash(entry.previous_hash, entry.at, jsonb_build_array(actor, action,
                                   subject_kind, namespace, subject, detail, address))
                        FROM entry
                        RETURNING hash""")
                .bind("actor", entry.actor().name())
                .bind("action", entry.action())
                .bind("kind", entry.subject().kind())
                .bind("namespace", entry.subject().namespace())
                .bind("subject", entry.subject().name())
                .bind("detail", json(entry))
                .bind("address", entry.actor().address())
                .bind("previous", previous)
                .mapTo(byte[].class)
                .one();
    }

    private static String json(AuditEntry entry) {
        try {
            // U+0000 is the one character that jsonb refuses
            return JSON.writeValueAsString(entry.detail()).replace("\\u0000", "\\ufffd");
        } catch (JsonProcessingException unfit) {
            throw new IllegalArgumentException("detail of " + entry.action(), unfit);
        }
    }
}
