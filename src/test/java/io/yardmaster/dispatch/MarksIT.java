package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PinnedSnapshot;
import io.yardmaster.database.PostgresExtension;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What runs on nodes is found from the marks of their sessions on. */
final class MarksIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final String ON_NODES = "SELECT count(*) FROM runs_on_nodes()";

    // R20: a backup, or somebody's forgotten transaction, still sees all of it
    @Test
    void what_ended_beside_an_open_snapshot_does_not_slow_looks_for_what_runs(Database database) throws SQLException {
        Yard yard = new Yard(database);
        yard.clear();
        Yard.Place place = yard.place(10_000);
        try (PinnedSnapshot snapshot = PinnedSnapshot.open(POSTGRES)) {
            yard.runs(yard.noop(), null, 5_000);
            for (int given = 0; given < 5_000; given += Offering.LARGEST_BATCH) {
                yard.dispatchOnce();
            }
            yard.change("DELETE FROM run", Map.of());
            assertThat(snapshot.isOpen()).isTrue();
            assertThat(Pages.read(database, ON_NODES)).isGreaterThan(100);
            yard.beat(place, List.of());
            assertThat(Pages.read(database, ON_NODES)).isLessThan(20);
        }
    }

    @Test
    void runs_before_and_behind_the_mark_of_whichever_session_are_found(Database database) {
        Yard yard = new Yard(database);
        yard.clear();
        Yard.Place place = yard.place(10);
        long job = yard.noop();
        yard.startedOn(place, job);
        yard.beat(place, List.of());
        yard.startedOn(place, job);
        assertThat(yard.count(ON_NODES)).isEqualTo(2);
        yard.change("UPDATE node_session SET state = 'LOST', ended_at = clock_timestamp()", Map.of());
        assertThat(yard.count(ON_NODES)).isEqualTo(2);
        yard.takeBackOnce();
        assertThat(yard.count(ON_NODES)).isZero();
    }

    // R22: by a clock that was set back, what was offered to whichever node would stand for as long
    @Test
    void offers_behind_a_mark_ahead_of_the_clock_lapse(Database database) {
        Yard yard = new Yard(database);
        yard.clear();
        Yard.Place ahead = yard.place(1);
        Yard.Place beside = yard.place(1);
        yard.change(
                "UPDATE node_session SET offers_since = clock_timestamp() + interval '1 hour' WHERE id = :id",
                Map.of("id", ahead.session()));
        yard.runs(yard.noop(), null, 2);
        yard.dispatchOnce();
        assertThat(yard.count("SELECT count(*) FROM run WHERE offered_at > clock_timestamp() + interval '30 min'"))
                .isEqualTo(2);
        yard.takeBackOnce();
        assertThat(yard.count("SELECT count(*) FROM run WHERE state = 'QUEUED'"))
                .isEqualTo(2);
        yard.beat(ahead, List.of());
        yard.beat(beside, List.of());
        yard.dispatchOnce();
        yard.takeBackOnce();
        assertThat(yard.count("SELECT count(*) FROM run WHERE offered_at <= clock_timestamp()"))
                .isEqualTo(2);
    }
}
