package io.yardmaster.security;

import io.yardmaster.database.Transaction;

/** What has run out and only takes up room. */
public final class Expired {
    private Expired() {}

    /** Removes old sessions, guesses, codes and browsers; call it every few minutes. @return rows removed */
    public static int sweep(Transaction transaction) {
        return WebSessions.sweep(transaction)
                + Guesses.sweep(transaction)
                + transaction
                        .sql()
                        .execute("DELETE FROM one_time_code WHERE expires_at < clock_timestamp() - interval '30 days'")
                + transaction
                        .sql()
                        .execute("DELETE FROM known_browser WHERE created_at < clock_timestamp() - interval '1 year'");
    }
}
