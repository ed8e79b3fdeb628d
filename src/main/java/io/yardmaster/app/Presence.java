package io.yardmaster.app;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** This server's row in the table {@code server}: for people to look at, nothing is decided by it. */
final class Presence {
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(5);

    private static final String SEEN = """
            UPDATE server SET seen_at = clock_timestamp(), clock_offset_ms = :offset WHERE id = :id
            """;

    private static final String APPEAR = """
            INSERT INTO server (name, server_version, started_at, seen_at, clock_offset_ms)
            VALUES (:name, :version, :started, clock_timestamp(), :offset) RETURNING id
            """;

    /** Index {@code server_by_seen_at}. */
    private static final String FORGET = "DELETE FROM server WHERE seen_at < clock_timestamp() - interval '1 day'";

    private final Database database;
    private final String name;
    private final String version;
    private final InstantSource clock;
    private long id;
    private Instant started;

    /** @param clock this machine's: what it is off from the database's is shown */
    Presence(Database database, String name, String version, InstantSource clock) {
        this.database = database;
        this.name = name;
        this.version = version;
        this.clock = clock;
    }

    /** Says that this server lives, and forgets those that were not seen for a day. @return time to the next */
    synchronized Duration beat() {
        Beat beat = database.inTransaction(this::beat);
        id = beat.id();
        started = beat.started();
        return BETWEEN_BEATS;
    }

    /** The server stops and will not be missed. */
    synchronized void leave() {
        database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate("DELETE FROM server WHERE id = :id")
                .bind("id", id)
                .execute());
    }

    private record Beat(long id, Instant started) {}

    private Beat beat(Transaction transaction) {
        Instant before = clock.instant();
        Instant now = transaction
                .sql()
                .createQuery("SELECT clock_timestamp()")
                .mapTo(Instant.class)
                .one();
        Instant middle = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
        long offset = Duration.between(now, middle).toMillis();
        transaction.sql().execute(FORGET);
        int seen = transaction
                .sql()
                .createUpdate(SEEN)
                .bind("offset", offset)
                .bind("id", id)
                .execute();
        return seen == 1 ? new Beat(id, started) : appear(transaction, started == null ? now : started, offset);
    }

    /** At the first beat, and after a day in which nobody saw this server. */
    private Beat appear(Transaction transaction, Instant since, long offset) {
        return transaction
                .sql()
                .createQuery(APPEAR)
                .bind("name", name)
                .bind("version", version)
                .bind("started", since)
                .bind("offset", offset)
                .map((row, context) -> new Beat(row.getLong("id"), since))
                .one();
    }
}
