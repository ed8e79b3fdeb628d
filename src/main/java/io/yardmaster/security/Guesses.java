package io.yardmaster.security;

import io.yardmaster.database.Transaction;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Counts failed sign-ins of the last 15 minutes and makes the guesser wait, longer each time. A browser that the account
 * has signed in from before is counted for itself: others' guesses cannot lock the owner out. Unknown names are counted
 * like known ones, so that nobody learns which exist.
 */
final class Guesses {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_WAIT = 15 * 60;
    /** Free tries: of one source at one name, of all strangers at one name, of one address at any names. */
    private static final int FREE_PER_SOURCE = 5;

    private static final int FREE_PER_NAME = 10;
    private static final int FREE_PER_ADDRESS = 30;

    private Guesses() {}

    /**
     * Notes a try before its password is looked at, so that many at once count as many.
     *
     * @return what to {@link #forgive} if the password fits
     * @throws TooManyGuesses if it comes too early; such a try does not count
     */
    static long note(Transaction transaction, String name, Browser from) {
        String typed = name.substring(0, Math.min(name.length(), LONGEST_NAME));
        String source = source(transaction, typed, from);
        transaction
                .sql()
                .createQuery("SELECT pg_advisory_xact_lock(hashtextextended('sign-in ' || :name, 0))::text")
                .bind("name", typed)
                .mapTo(String.class)
                .one();
        long wait = wait(transaction, typed, source);
        if (wait > 0) {
            throw new TooManyGuesses(wait);
        }
        return transaction
                .sql()
                .createQuery("INSERT INTO sign_in_failure (name, address) VALUES (:name, :source) RETURNING id")
                .bind("name", typed)
                .bind("source", source)
                .mapTo(Long.class)
                .one();
    }

    static void forgive(Transaction transaction, long guess) {
        transaction
                .sql()
                .createUpdate("DELETE FROM sign_in_failure WHERE id = :id")
                .bind("id", guess)
                .execute();
    }

    /** Removes what no longer counts. */
    static int sweep(Transaction transaction) {
        return transaction
                .sql()
                .createUpdate("DELETE FROM sign_in_failure WHERE at < clock_timestamp() - interval '15 minutes'")
                .execute();
    }

    private static String source(Transaction transaction, String name, Browser from) {
        byte[] hash = from.hash();
        boolean known = hash != null
                && transaction
                        .sql()
                        .createQuery("""
                                SELECT EXISTS (SELECT FROM known_browser JOIN account ON account.id = account_id
                                    WHERE token_hash = :hash AND name = :name)""")
                        .bind("hash", hash)
                        .bind("name", name)
                        .mapTo(Boolean.class)
                        .one();
        return known ? "browser:" + HexFormat.of().formatHex(hash) : from.network();
    }

    /** Seconds until the next try is possible, by the indexes sign_in_failure_by_name and sign_in_failure_by_address. */
    private static long wait(Transaction transaction, String name, String source) {
        boolean known = source.startsWith("browser:");
        long own = due(transaction, "name = :name AND address = :source", FREE_PER_SOURCE, name, source);
        if (known) {
            return own;
        }
        long strangers = due(transaction, "name = :name AND address NOT LIKE 'browser:%'", FREE_PER_NAME, name, source);
        long address = due(transaction, "address = :source", FREE_PER_ADDRESS, name, source);
        return Math.max(own, Math.max(strangers, address));
    }

    private static long due(Transaction transaction, String which, int free, String name, String source) {
        Optional<Row> row = transaction
                .sql()
                .createQuery("SELECT count(*) AS n, extract(epoch FROM clock_timestamp() - max(at)) AS since"
                        + " FROM sign_in_failure WHERE at > clock_timestamp() - interval '15 minutes' AND "
                        + which)
                .bindMap(java.util.Map.of("name", name, "source", source))
                .map((result, context) -> new Row(result.getLong("n"), result.getDouble("since")))
                .findOne();
        return row.map(found -> found.wait(free)).orElse(0L);
    }

    private record Row(long guesses, double since) {
        long wait(int free) {
            if (guesses < free) {
                return 0;
            }
            double delay = Math.min(LONGEST_WAIT, Math.pow(2, guesses - free + 1.0));
            return Math.max(0, (long) Math.ceil(delay - since));
        }
    }
}
