package io.yardmaster.security;

import io.yardmaster.database.Transaction;
import java.util.Optional;

/**
 * Signed-in browsers. A session ends after 30 minutes without activity and 12 hours at the latest, by the database's
 * clock; it is looked up for every request, so its end is seen by all servers at once.
 */
public final class WebSessions {
    private WebSessions() {}

    /** Opens a session and gives its secret, which only the browser's cookie keeps. */
    public static String open(Transaction transaction, long account) {
        String token = RandomToken.next();
        transaction
                .sql()
                .createUpdate("""
                        INSERT INTO web_session (token_hash, account_id, csrf_token, created_at, seen_at)
                        SELECT :hash, :account, :csrf, now, now FROM clock_timestamp() AS now""")
                .bind("hash", RandomToken.hash(token))
                .bind("account", account)
                .bind("csrf", RandomToken.next())
                .execute();
        return token;
    }

    /**
     * Whose session {@code token} is.
     *
     * @param activity whether a person asks; a page that refreshes itself keeps no session alive
     */
    public static Optional<SignedIn> find(Transaction transaction, String token, boolean activity) {
        byte[] hash = RandomToken.hash(token);
        Optional<Row> found = transaction
                .sql()
                .createQuery("""
                        SELECT account_id, csrf_token, seen_at < clock_timestamp() - interval '1 minute' AS stale
                        FROM web_session
                        WHERE token_hash = :hash
                          AND seen_at > clock_timestamp() - interval '30 minutes'
                          AND created_at > clock_timestamp() - interval '12 hours'""")
                .bind("hash", hash)
                .map((row, context) ->
                        new Row(row.getLong("account_id"), row.getString("csrf_token"), row.getBoolean("stale")))
                .findOne();
        if (activity && found.isPresent() && found.get().stale()) {
            transaction
                    .sql()
                    .createUpdate("UPDATE web_session SET seen_at = clock_timestamp() WHERE token_hash = :hash")
                    .bind("hash", hash)
                    .execute();
        }
        return found.flatMap(row -> AccountReader.byId(transaction, row.account())
                .filter(account -> !account.isDisabled())
                .map(account -> new SignedIn(account, row.csrfToken())));
    }

    /** Ends one session, if there is one. */
    public static void end(Transaction transaction, String token) {
        transaction
                .sql()
                .createUpdate("DELETE FROM web_session WHERE token_hash = :hash")
                .bind("hash", RandomToken.hash(token))
                .execute();
    }

    /** Ends all of an account's, by the index web_session_by_account. */
    public static void endAll(Transaction transaction, long account) {
        transaction
                .sql()
                .createUpdate("DELETE FROM web_session WHERE account_id = :account")
                .bind("account", account)
                .execute();
    }

    /** Removes what can no longer be used. */
    public static int sweep(Transaction transaction) {
        return transaction.sql().createUpdate("""
                        DELETE FROM web_session
                        WHERE seen_at < clock_timestamp() - interval '30 minutes'
                           OR created_at < clock_timestamp() - interval '12 hours'""").execute();
    }

    private record Row(long account, String csrfToken, boolean stale) {}
}
