package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Need;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs of several slots among nodes that are never free of smaller ones. */
final class WideRunsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    // R22: the node with the most free slots may be the one whose other run never ends
    @Test
    void no_node_is_kept_in_vain_for_ever_while_another_one_could_be(Database database) {
        Yard yard = new Yard(database);
        yard.clear();
        long single = yard.noop();
        long endless = yard.startedOn(yard.place(2), single);
        Yard.Place busy = yard.place(2);
        yard.runs(single, null, 3);
        yard.dispatchOnce();
        yard.acceptAll(busy);
        yard.change("DELETE FROM run WHERE state = 'ASSIGNED'", Map.of());
        long pair = yard.runs(yard.needing(new Need(2, List.of(), List.of(), List.of())), null, 1)
                .get(0);
        for (int minute = 0; minute < 40 && yard.state(pair).equals("QUEUED"); minute++) {
            yard.change("UPDATE run SET ready_at = ready_at - interval '1 minute' WHERE id = :id", Map.of("id", pair));
            yard.runs(single, null, 1);
            yard.change(
                    "DELETE FROM run WHERE id = (SELECT min(id) FROM run WHERE session_id = :session)",
                    Map.of("session", busy.session()));
            yard.dispatchOnce();
            yard.acceptAll(busy);
        }
        assertThat(yard.state(endless)).isEqualTo("RUNNING");
        assertThat(yard.count("SELECT coalesce(session_id, 0) FROM run WHERE id = " + pair))
                .isEqualTo(busy.session());
    }
}
