package io.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseSettings;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.RunEpoch;
import io.yardmaster.dispatch.Yard;
import io.yardmaster.protocol.Report;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.queue.AttemptEnds;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// R8, pain 8: reports late, repeated, in any order, from whomever
final class StaleReportsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    /** Of each, six reports must change nothing. */
    private static final int ORDERS = 84;

    private static final JsonNode KEPT = JsonNodeFactory.instance.textNode("kept");
    /** More digits than PostgreSQL can hold. */
    private static final JsonNode TOO_LARGE = JsonNodeFactory.instance.numberNode(new BigDecimal("1e200000"));

    /** All that a report may change, but for the notes of those that were not believed. */
    private static final String STATE = """
            SELECT coalesce((SELECT string_agg(r::text, ';' ORDER BY id) FROM run r), 'none')
                || coalesce((SELECT string_agg(h::text, ';' ORDER BY id) FROM run_history h), 'none')
                || coalesce((SELECT string_agg(s::text, ';' ORDER BY job_id) FROM job_statistics s), 'none')
                || coalesce((SELECT string_agg(m::text, ';' ORDER BY m::text) FROM run_minute m), 'none')
            """;

    private Database database;
    private Yard yard;
    private Reports reports;

    @BeforeEach
    void emptyYard(Database given) {
        database = given;
        yard = new Yard(database);
        yard.clear();
        reports = new Reports(database, yard.dispatching(), new AttemptEnds(List.of()));
    }

    private record Said(long node, Report report) {}

    @Test
    void only_the_first_report_of_the_present_epoch_counts_in_whatever_order_they_come() {
        for (int seed = 0; seed < ORDERS; seed++) {
            assertOneOrder(new Random(seed));
        }
    }

    private void assertOneOrder(Random random) {
        yard.clear();
        Yard.Place lost = yard.place(1);
        long run = yard.startedOn(lost, yard.noop());
        yard.silence(lost.session(), 3);
        yard.takeBackOnce();
        Yard.Place present = yard.place(1);
        yard.dispatchOnce();
        assertThat(yard.acceptAll(present))
                .singleElement()
                .satisfies(again -> assertThat(again.ref()).isEqualTo(new RunEpoch(run, 2)));

        List<Said> said = new ArrayList<>(List.of(
                new Said(lost.node(), report(run, 1, Report.Outcome.SUCCEEDED)),
                new Said(lost.node(), report(run, 1, Report.Outcome.FAILED)),
                new Said(lost.node(), report(run, 2, Report.Outcome.FAILED)),
                new Said(present.node(), report(run, 1, Report.Outcome.FAILED)),
                new Said(present.node(), report(run, 3, Report.Outcome.TIMED_OUT)),
                new Said(present.node(), report(run, 2, Report.Outcome.SUCCEEDED)),
                new Said(present.node(), report(run, 2, Report.Outcome.FAILED))));
        Collections.shuffle(said, random);
        Said counts = said.stream()
                .filter(one ->
                        one.node() == present.node() && one.report().ref().epoch() == 2)
                .findFirst()
                .orElseThrow();
        said.forEach(one -> tell(one, one.equals(counts)));

        assertThat(yard.state(run)).isEqualTo(counts.report().outcome().name());
        assertThat(yard.count("SELECT count(*) FROM run_history")).isEqualTo(1);
        assertThat(yard.count("SELECT count(*) FROM run")).isZero();
        assertThat(yard.count("SELECT jsonb_array_length(attempts) FROM run_history"))
                .isEqualTo(2);
        assertThat(yard.count("SELECT count(*) FROM run_note WHERE epoch = 1")).isEqualTo(1);
    }

    private void tell(Said said, boolean counts) {
        String before = state();
        reports.take(said.node(), List.of(said.report()));
        assertThat(state().equals(before)).as("%s changes nothing", said).isEqualTo(!counts);
    }

    private String state() {
        return database.inTransaction(transaction ->
                transaction.sql().createQuery(STATE).mapTo(String.class).one());
    }

    // a batch in which the same is said twice, and of one run that never was
    @Test
    void a_batch_may_repeat_itself() {
        Yard.Place place = yard.place(1);
        long run = yard.startedOn(place, yard.noop());
        Report report = report(run, 1, Report.Outcome.SUCCEEDED);
        reports.take(place.node(), List.of(report, report, report(42, 1, Report.Outcome.FAILED)));
        assertThat(yard.state(run)).isEqualTo("SUCCEEDED");
    }

    // R8: whatever else the same batch says of the run, also of an epoch that was never offered
    @Test
    void of_what_a_batch_says_of_one_run_the_first_of_its_epoch_counts() {
        Yard.Place place = yard.place(1);
        long run = yard.startedOn(place, yard.noop());
        reports.take(
                place.node(),
                List.of(
                        report(run, 2, Report.Outcome.TIMED_OUT),
                        report(run, 1, Report.Outcome.SUCCEEDED),
                        report(run, 1, Report.Outcome.FAILED)));
        assertThat(yard.state(run)).isEqualTo("SUCCEEDED");
    }

    // R16: nothing that is said later makes a cancelled run a success
    @Test
    void a_success_after_a_cancel_is_a_cancel() {
        Yard.Place place = yard.place(1);
        long run = yard.startedOn(place, yard.noop());
        yard.change(
                "UPDATE run SET cancel_requested_at = now(), cancel_requested_by = 'ada' WHERE id = :id",
                Map.of("id", run));
        reports.take(place.node(), List.of(report(run, 1, Report.Outcome.SUCCEEDED)));
        assertThat(yard.state(run)).isEqualTo("CANCELLED");
    }

    // a lock held by a frozen server passes with it; the result would be gone for ever
    @Test
    void a_result_is_dropped_only_for_what_is_in_it() throws Exception {
        Yard.Place place = yard.place(2);
        long good = yard.startedOn(place, yard.noop());
        long bad = yard.startedOn(place, yard.noop());
        owner("""
                CREATE FUNCTION busy() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = '55P03'; END $$;
                CREATE TRIGGER busy BEFORE INSERT ON run_history FOR EACH ROW
                WHEN (NEW.result IS NOT NULL) EXECUTE FUNCTION busy()""");
        try {
            assertThatThrownBy(() ->
                            reports.take(place.node(), List.of(withResult(good, KEPT), withResult(bad, TOO_LARGE))))
                    .hasMessageContaining("send them again");
            assertThat(yard.state(good)).isEqualTo("RUNNING");
            // what is busy for one is busy for the next, which would only wait for it
            assertThat(yard.state(bad)).isEqualTo("RUNNING");
        } finally {
            owner("DROP TRIGGER busy ON run_history; DROP FUNCTION busy()");
        }
        reports.take(place.node(), List.of(withResult(good, KEPT), withResult(bad, TOO_LARGE)));
        assertThat(yard.count("SELECT count(*) FROM run_history WHERE result ->> 'x' = 'kept'"))
                .isEqualTo(1);
        assertThat(yard.count("SELECT count(*) FROM run_history WHERE message LIKE 'its result could not be stored%'"))
                .isEqualTo(1);
    }

    private static void owner(String sql) throws SQLException {
        DatabaseSettings owner = PostgresExtension.emptyDatabase();
        try (Connection connection =
                        DriverManager.getConnection(POSTGRES.settings().url(), owner.user(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Report withResult(long run, JsonNode value) {
        return new Report(
                new RunRef(Long.toString(run), 1),
                Report.Outcome.SUCCEEDED,
                0,
                null,
                JsonNodeFactory.instance.objectNode().set("x", value),
                5,
                1,
                null,
                0);
    }

    private static Report report(long run, long epoch, Report.Outcome outcome) {
        return new Report(new RunRef(Long.toString(run), epoch), outcome, 0, null, null, 5, 1, null, 0);
    }
}
