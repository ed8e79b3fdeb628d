package io.yardmaster.security;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Text;
import io.yardmaster.database.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bearer tokens of the API. A token may do what its account may do now. */
public final class ApiTokens {
    /** Marks our tokens, so that scanners of leaked secrets know them. */
    private static final String PREFIX = "ymt_";

    private static final int LONGEST_NAME = 100;
    public static final int MOST_DAYS = 3650;

    private ApiTokens() {}

    /**
     * Makes a token; it is shown only now.
     *
     * @param name what its owner calls it, 1 to 100 characters
     * @param days after which it works no more, 1 to 3,650; null for never
     * @throws Invalid naming {@code name}, {@code days} or both
     */
    public static String issue(Transaction transaction, Account account, String name, Long days, Actor by) {
        check(name, days);
        String token = PREFIX + RandomToken.next();
        transaction
                .sql()
                .createUpdate("""
                        INSERT INTO api_token (account_id, name, token_hash, expires_at)
                        VALUES (:account, :name, :hash,
                                clock_timestamp() + CAST(:hours AS bigint) * interval '1 hour')""")
                .bind("account", account.id())
                .bind("name", name)
                .bind("hash", RandomToken.hash(token))
                .bind("hours", days == null ? null : Duration.ofDays(days).toHours())
                .execute();
        record(transaction, "token.create", account, name, by);
        return token;
    }

    private static void check(String name, Long days) {
        boolean named = name != null && !name.isBlank() && name.length() <= LONGEST_NAME && Text.isStorable(name);
        new Invalid.Problems()
                .check(named, "name", name, "invalid.name.token")
                .check(days == null || (days >= 1 && days <= MOST_DAYS), "days", days, "invalid.token.days", MOST_DAYS)
                .throwIfAny();
    }

    /** Whose token it is, if it works now; notes its use, at most once a minute. */
    public static Optional<SignedIn> find(Transaction transaction, String token) {
        if (!token.startsWith(PREFIX)) {
            return Optional.empty();
        }
        byte[] hash = RandomToken.hash(token);
        Optional<Long> owner = transaction
                .sql()
                .createQuery("""
                        SELECT account_id FROM api_token
                        WHERE token_hash = :hash AND revoked_at IS NULL
                          AND (expires_at IS NULL OR expires_at > clock_timestamp())""")
                .bind("hash", hash)
                .mapTo(Long.class)
                .findOne();
        owner.ifPresent(found -> noteUse(transaction, hash));
        return owner.flatMap(id -> AccountReader.byId(transaction, id))
                .filter(account -> !account.isDisabled())
                .map(account -> new SignedIn(account, null));
    }

    private static void noteUse(Transaction transaction, byte[] hash) {
        transaction.sql().createUpdate("""
                        UPDATE api_token SET last_used_at = clock_timestamp()
                        WHERE token_hash = :hash
                          AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')""").bind("hash", hash).execute();
    }

    /** An account's tokens, newest first, by the index api_token_by_account. */
    public static List<ApiToken> of(Transaction transaction, long account) {
        return transaction
                .sql()
                .createQuery("""
                        SELECT id, name, created_at, expires_at, last_used_at, revoked_at
                        FROM api_token WHERE account_id = :account ORDER BY id DESC""")
                .bind("account", account)
                .map(row -> new ApiToken(
                        row.getColumn("id", Long.class),
                        row.getColumn("name", String.class),
                        row.getColumn("created_at", java.time.Instant.class),
                        row.getColumn("expires_at", java.time.Instant.class),
                        row.getColumn("last_used_at", java.time.Instant.class),
                        row.getColumn("revoked_at", java.time.Instant.class)))
                .list();
    }

    /**
     * Ends a token at once.
     *
     * @throws Missing if {@code account} has no such working token
     */
    public static void revoke(Transaction transaction, Account account, long id, Actor by) {
        String name = transaction
                .sql()
                .createQuery("""
                        UPDATE api_token SET revoked_at = clock_timestamp()
                        WHERE id = :id AND account_id = :account AND revoked_at IS NULL
                        RETURNING name""")
                .bind("id", id)
                .bind("account", account.id())
                .mapTo(String.class)
                .findOne()
                .orElseThrow(() -> new Missing("token " + id));
        record(transaction, "token.revoke", account, name, by);
    }

    private static void record(Transaction transaction, String action, Account account, String token, Actor by) {
        Subject subject = new Subject("account", null, account.name());
        Audit.record(transaction, new AuditEntry(by, action, subject, Map.of("token", token)));
    }
}
