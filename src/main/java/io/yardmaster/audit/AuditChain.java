package io.yardmaster.audit;

import io.yardmaster.database.Transaction;
import java.util.Optional;

/** Verifies that the record is as it was written, part by part: each statement is short, however long the record is. */
public final class AuditChain {
    /** Entries that one statement looks at: some tens of milliseconds. */
    private static final int PART = 5_000;

    /** The hash before the first, in hexadecimal like all here. */
    private static final String BEGINNING = "00".repeat(32);

    /** By the primary key. */
    private static final String NEXT_PART = """
            WITH part AS (SELECT * FROM audit_entry WHERE id >= :from ORDER BY id LIMIT :part),
            chained AS (
                SELECT id, hash, previous_hash, lag(hash, 1, decode(:before, 'hex')) OVER (ORDER BY id) AS expected_previous,
                       -- a time that no clock told has no hash
                       CASE WHEN at BETWEEN '1970-01-01' AND '9999-12-31' THEN
                           audit_hash(previous_hash, at, jsonb_build_array(actor, action, subject_kind,
                               namespace, subject, detail, address)) END AS expected
                FROM part)
            SELECT min(id) FILTER (WHERE hash IS DISTINCT FROM expected OR previous_hash <> expected_previous) AS broken,
                   max(id) AS last_id, (SELECT encode(hash, 'hex') FROM part ORDER BY id DESC LIMIT 1) AS last_hash
            FROM chained HAVING count(*) > 0
            """;

    private final int part;

    public AuditChain() {
        this(PART);
    }

    AuditChain(int part) {
        this.part = part;
    }

    /**
     * Recomputes the chain. What is appended meanwhile may be left out.
     *
     * @return id of the first entry that was altered or whose predecessor is missing; 0 if the end was cut off; empty
     *     if all is as it was written
     */
    public Optional<Long> firstBroken(Transaction transaction) {
        Optional<Part> next = part(transaction, Long.MIN_VALUE, BEGINNING);
        while (next.isPresent()) {
            Part seen = next.get();
            if (seen.broken() != null) {
                return Optional.of(seen.broken());
            }
            next = part(transaction, seen.lastId() + 1, seen.lastHash());
        }
        return endsAtItsMark(transaction) ? Optional.empty() : Optional.of(0L);
    }

    private Optional<Part> part(Transaction transaction, long from, String before) {
        return transaction
                .sql()
                .createQuery(NEXT_PART)
                .bind("from", from)
                .bind("part", part)
                .bind("before", before)
                .map((row, context) -> new Part(
                        row.getObject("broken", Long.class), row.getLong("last_id"), row.getString("last_hash")))
                .findOne();
    }

    private static boolean endsAtItsMark(Transaction transaction) {
        return transaction
                .sql()
                .createQuery("""
                        SELECT EXISTS (SELECT FROM audit_head WHERE hash = coalesce(
                            (SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1), decode(:beginning, 'hex')))
                        """)
                .bind("beginning", BEGINNING)
                .mapTo(Boolean.class)
                .one();
    }

    /** @param broken id of the first entry that does not fit; null if all do */
    private record Part(Long broken, long lastId, String lastHash) {}
}
