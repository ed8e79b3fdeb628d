package io.yardmaster.web.api;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Makes a POST safe to repeat: with an {@code Idempotency-Key} it is done once, and whoever sends it again within 24
 * hours gets the first answer. The key is kept in the transaction of the act, so that neither is without the other; a
 * request that fails leaves its key unused.
 */
public final class RepeatableRequests {
    private static final int LONGEST_KEY = 200;

    private static final String FORGET_OLD = """
            DELETE FROM idempotency_key
            WHERE account_id = :account AND key = :key AND created_at < clock_timestamp() - interval '24 hours'
            """;

    /** Whoever comes second waits here for the first to commit, and then finds its row. */
    private static final String CLAIM = """
            INSERT INTO idempotency_key (account_id, key, request_hash, status, body)
            VALUES (:account, :key, :hash, 0, '')
            ON CONFLICT (account_id, key) DO NOTHING
            """;

    private static final String KEEP = """
            UPDATE idempotency_key SET status = :status, location = :location, body = :body
            WHERE account_id = :account AND key = :key
            """;

    private static final String FIND = """
            SELECT request_hash, status, location, body FROM idempotency_key
            WHERE account_id = :account AND key = :key
            """;

    private static final String SWEEP =
            "DELETE FROM idempotency_key WHERE created_at < clock_timestamp() - interval '25 hours'";

    private final Database database;

    public RepeatableRequests(Database database) {
        this.database = database;
    }

    /** What was asked, as kept beside its answer. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared as a whole
    private record Kept(byte[] requestHash, Answer answer) {}

    /**
     * @param key of the header; null for a request that is done each time it comes
     * @param request all that the request said: where to and what; the same key with another request is refused
     * @throws Invalid if the key was used for another request, or is too long
     */
    public Response once(Caller caller, String key, String request, Function<Transaction, Created> act) {
        if (key == null) {
            return Answer.of(database.inTransaction(act)).response();
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new Invalid("Idempotency-Key", key, "invalid.text", LONGEST_KEY);
        }
        byte[] hash = hash(request);
        return database.inTransaction(transaction -> claim(transaction, caller.account(), key, hash)
                        ? keep(transaction, caller.account(), key, Answer.of(act.apply(transaction)))
                        : again(transaction, caller.account(), key, hash))
                .response();
    }

    /** Forgets the keys that have had their time; by {@code idempotency_key_by_age}. @return how many */
    public int sweep() {
        return database.inTransaction(
                transaction -> transaction.sql().createUpdate(SWEEP).execute());
    }

    private static boolean claim(Transaction transaction, long account, String key, byte[] hash) {
        transaction
                .sql()
                .createUpdate(FORGET_OLD)
                .bind("account", account)
                .bind("key", key)
                .execute();
        return transaction
                        .sql()
                        .createUpdate(CLAIM)
                        .bind("account", account)
                        .bind("key", key)
                        .bind("hash", hash)
                        .execute()
                == 1;
    }

    private static Answer keep(Transaction transaction, long account, String key, Answer answer) {
        int kept = transaction
                .sql()
                .createUpdate(KEEP)
                .bind("account", account)
                .bind("key", key)
                .bind("status", answer.status())
                .bind("location", answer.location())
                .bind("body", answer.body())
                .execute();
        if (kept != 1) {
            throw new IllegalStateException("the claimed key is gone");
        }
        return answer;
    }

    private static Answer again(Transaction transaction, long account, String key, byte[] hash) {
        Kept kept = transaction
                .sql()
                .createQuery(FIND)
                .bind("account", account)
                .bind("key", key)
                .map((row, context) -> new Kept(
                        row.getBytes("request_hash"),
                        new Answer(row.getInt("status"), row.getString("location"), row.getString("body"))))
                .one();
        if (!Arrays.equals(kept.requestHash(), hash)) {
            throw new Invalid("Idempotency-Key", key, "invalid.idempotency-key");
        }
        return kept.answer();
    }

    private static byte[] hash(String request) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
