package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is in the cluster, as people see it. */
final class PresenceIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    @BeforeEach
    void empty(Database database) {
        database.useTransaction(transaction -> transaction.sql().execute("DELETE FROM server"));
    }

    @Test
    void a_server_that_lives_is_seen_once_until_it_leaves(Database database) {
        Presence presence = presence(database, InstantSource.system());
        presence.beat();
        presence.beat();
        assertThat(seen(database)).containsExactly("depot:1 1.2.3");
        presence.leave();
        assertThat(seen(database)).isEmpty();
    }

    @Test
    void a_wrong_clock_shows(Database database) {
        presence(database, () -> Instant.now().plus(Duration.ofMinutes(2))).beat();
        long offset = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT clock_offset_ms FROM server")
                .mapTo(Long.class)
                .one());
        assertThat(offset).isBetween(110_000L, 130_000L);
    }

    @Test
    void who_was_not_seen_for_a_day_is_forgotten_but_may_come_back(Database database) {
        Presence lost = presence(database, InstantSource.system());
        lost.beat();
        database.useTransaction(transaction ->
                transaction.sql().execute("UPDATE server SET seen_at = clock_timestamp() - interval '25 hours'"));
        new Presence(database, "depot:2", "1.2.3", InstantSource.system()).beat();
        assertThat(seen(database)).containsExactly("depot:2 1.2.3");
        lost.beat();
        assertThat(seen(database)).containsExactly("depot:1 1.2.3", "depot:2 1.2.3");
    }

    private static Presence presence(Database database, InstantSource clock) {
        return new Presence(database, "depot:1", "1.2.3", clock);
    }

    private static List<String> seen(Database database) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT name || ' ' || server_version FROM server ORDER BY name")
                .mapTo(String.class)
                .list());
    }
}
