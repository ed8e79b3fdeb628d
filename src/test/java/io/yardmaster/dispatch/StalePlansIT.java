package io.yardmaster.dispatch;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.queue.AttemptEndPlans;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.SoftAssertions;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * R19, R20: a queue that has just been drained is what the planner's statistics may tell of while the next night's runs
 * wait: few rows in indexes that were large. What moves runs on finds each by its key or its place, whatever they tell: a
 * scan of what waits for each of a batch takes seconds.
 */
final class StalePlansIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final List<Long> IDS = List.of(1L, 2L);

    private final SoftAssertions all = new SoftAssertions();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 30})
    void statistics_of_an_almost_empty_table_change_no_plan(int left, Database database) {
        Yard yard = new Yard(database);
        yard.clear();
        long session = yard.place(50).session();
        long job = yard.noop();
        yard.runs(job, null, 30_000);
        yard.change("DELETE FROM run", Map.of());
        yard.runs(job, null, left);
        POSTGRES.analyze();
        yard.runs(job, null, 5_000);
        assertLooksUp(database, session);
    }

    /** The plan of a statement that is kept in a session is made when somebody cleans the table up, and used as it grows again. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void a_table_that_was_just_cleaned_up_changes_no_plan(int left, Database database) {
        Yard yard = new Yard(database);
        yard.clear();
        long session = yard.place(50).session();
        long job = yard.noop();
        yard.runs(job, null, 10_000);
        yard.change("DELETE FROM run", Map.of());
        POSTGRES.vacuum("run");
        yard.runs(job, null, left);
        POSTGRES.analyze();
        assertLooksUp(database, session);
    }

    private void assertLooksUp(Database database, long session) {
        assertLooksUp(
                database, "run_pkey", Acceptance.START, query -> ids(query).bind("session", session));
        assertLooksUp(
                database, "run_pkey", PastHolders.HELD, query -> ids(query).bind("node", 1));
        assertLooksUp(database, "run_(pkey|on_session)", HeldRuns.OF_SESSION, query -> query.bind("session", session));
        assertLooksUp(database, "run_pkey", AttemptEndPlans.MOVE, query -> AttemptEndPlans.bind(query, IDS));
        assertLooksUp(
                database,
                "run_pkey",
                Offering.OFFER,
                query -> ids(query)
                        .bindArray("sessions", Long.class, session, session)
                        .bindArray("nodes", Long.class, IDS)
                        .bindArray("slots", Integer.class, 1, 1)
                        .bindArray("places", Integer.class, 0, 0)
                        .bindArray("shadowPlaces", Integer.class)
                        .bindArray("scores", Float.class, 0f, 0f)
                        .bindArray("tied", Boolean.class, false, false)
                        .bindMap(Map.of(
                                "queue",
                                1,
                                "server",
                                "s",
                                "balancer",
                                "b",
                                "differing",
                                0,
                                "gain",
                                0,
                                "candidates",
                                "[]"))
                        .bindNull("shadow", java.sql.Types.VARCHAR));
        all.assertAll();
    }

    private static Query ids(Query query) {
        return query.bindArray("runs", Long.class, IDS).bindArray("epochs", Long.class, IDS);
    }

    private void assertLooksUp(Database database, String index, String statement, UnaryOperator<Query> values) {
        String plan = database.inTransaction(transaction -> String.join(
                "\n",
                values.apply(transaction.sql().createQuery("EXPLAIN " + statement))
                        .mapTo(String.class)
                        .list()));
        all.assertThat(plan.lines()
                        .filter(line ->
                                line.matches(".* (Seq|Index|Index Only|Bitmap Index) Scan .*\\brun(?!_history).*"))
                        .filter(line -> !line.matches(".* Index Scan (on|using) " + index + " .*")))
                .as(plan)
                .isEmpty();
    }
}
