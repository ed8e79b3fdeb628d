package io.yardmaster.security;

import io.yardmaster.database.Transaction;
import java.time.Duration;

/** Codes that work once and for a short time. The database keeps only their hash. */
public final class OneTimeCodes {
    private OneTimeCodes() {}

    /**
     * Makes a code; it is never shown again.
     *
     * @param by who asked for it, for the record
     * @param life how long it works, by the database's clock
     */
    public static String issue(Transaction transaction, Purpose purpose, String by, Duration life) {
        String code = RandomToken.next();
        transaction
                .sql()
                .createUpdate("""
                        INSERT INTO one_time_code (code_hash, purpose, created_by, expires_at)
                        VALUES (:hash, :purpose, :by, clock_timestamp() + :seconds * interval '1 second')""")
                .bind("hash", RandomToken.hash(code))
                .bind("purpose", purpose)
                .bind("by", by)
                .bind("seconds", life.toSeconds())
                .execute();
        return code;
    }

    /**
     * Uses up {@code code}.
     *
     * @param by who uses it, for the record
     * @return false if it is unknown, used, expired or for another purpose
     */
    public static boolean redeem(Transaction transaction, Purpose purpose, String code, String by) {
        int used = transaction
                .sql()
                .createUpdate("""
                        UPDATE one_time_code SET used_at = clock_timestamp(), used_by = :by
                        WHERE code_hash = :hash AND purpose = :purpose
                          AND used_at IS NULL AND expires_at > clock_timestamp()""")
                .bind("by", by)
                .bind("hash", RandomToken.hash(code))
                .bind("purpose", purpose)
                .execute();
        return used == 1;
    }

    /** Whether {@code code} would work now. */
    public static boolean isGood(Transaction transaction, Purpose purpose, String code) {
        return transaction
                .sql()
                .createQuery("""
                        SELECT EXISTS (SELECT FROM one_time_code
                            WHERE code_hash = :hash AND purpose = :purpose
                              AND used_at IS NULL AND expires_at > clock_timestamp())""")
                .bind("hash", RandomToken.hash(code))
                .bind("purpose", purpose)
                .mapTo(Boolean.class)
                .one();
    }
}
