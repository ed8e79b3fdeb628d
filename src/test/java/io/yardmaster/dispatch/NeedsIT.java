package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Need;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who fits, and that those who fit nowhere are in nobody's way. */
final class NeedsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final Need GPU = new Need(1, List.of("gpu"), null, null);
    private static final Need PAIR = new Need(2, null, null, null);
    private static final Pattern HITS = Pattern.compile("shared hit=(\\d+)");

    private Database database;
    private Yard yard;

    @BeforeEach
    void emptyYard(Database database) {
        this.database = database;
        yard = new Yard(database);
        yard.clear();
    }

    @Test
    void a_run_goes_where_its_labels_are_and_where_those_are_not_that_it_avoids() {
        Yard.Place plain = yard.place(9);
        Yard.Place gpu = labelled("gpu=a100");
        Yard.Place slowGpu = labelled("gpu=a100,slow");
        List<Long> must = yard.runs(yard.needing(GPU), null, 3);
        List<Long> choosy = yard.runs(yard.needing(new Need(1, List.of("gpu"), null, List.of("slow"))), null, 3);
        List<Long> prefers = yard.runs(yard.needing(new Need(1, null, List.of("slow"), null)), null, 3);
        List<Long> shy = yard.runs(yard.needing(new Need(1, null, null, List.of("gpu"))), null, 3);
        yard.dispatchOnce();
        assertThat(must).allSatisfy(run -> assertThat(nodeOf(run)).isIn(gpu.node(), slowGpu.node()));
        assertThat(choosy).allSatisfy(run -> assertThat(nodeOf(run)).isEqualTo(gpu.node()));
        assertThat(prefers).allSatisfy(run -> assertThat(nodeOf(run)).isEqualTo(slowGpu.node()));
        assertThat(shy).allSatisfy(run -> assertThat(nodeOf(run)).isEqualTo(plain.node()));
    }

    @Test
    void the_operators_label_counts_before_the_workers_and_every_node_has_its_name() {
        Yard.Place place = labelled("zone=a");
        yard.change("UPDATE node_session SET labels = '{zone=b,ssd}'", Map.of());
        long wrong = yard.runs(yard.needing(new Need(1, List.of("zone=b"), null, null)), null, 1)
                .get(0);
        long right = yard.runs(yard.needing(new Need(1, List.of("zone=a", "ssd"), null, null)), null, 1)
                .get(0);
        String name = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT name FROM node WHERE id = " + place.node())
                .mapTo(String.class)
                .one());
        long named = yard.runs(yard.needing(new Need(1, List.of("node=" + name), null, null)), null, 1)
                .get(0);
        yard.dispatchOnce();
        assertThat(yard.state(wrong)).isEqualTo("QUEUED");
        assertThat(yard.state(right)).isEqualTo("ASSIGNED");
        assertThat(yard.state(named)).isEqualTo("ASSIGNED");
    }

    // R19, pain 30
    @Test
    void ten_thousand_runs_at_the_head_that_fit_nowhere_are_not_even_read() {
        yard.place(1);
        yard.runs(yard.needing(GPU), null, 10_000);
        long behind = yard.runs(yard.noop(), null, 1).get(0);
        POSTGRES.analyze();
        yard.dispatchOnce();
        assertThat(yard.state(behind)).isEqualTo("ASSIGNED");
        long queue = yard.count("SELECT id FROM queue WHERE name = 'default'");
        assertThat(pages("SELECT * FROM waiting_needs(" + queue + ")")).isLessThan(30);
        assertThat(pages(QueueTurns.WAITING)).isLessThan(30);
    }

    @Test
    void a_full_node_of_the_only_kind_that_fits_holds_up_nobody_else() {
        Yard.Place gpu = labelled("gpu");
        yard.change("UPDATE node SET slots = 1 WHERE id = :id", Map.of("id", gpu.node()));
        yard.place(1);
        List<Long> kind = yard.runs(yard.needing(GPU), null, 3);
        long behind = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatchOnce();
        assertThat(kind).extracting(yard::state).containsExactly("ASSIGNED", "QUEUED", "QUEUED");
        assertThat(yard.state(behind)).isEqualTo("ASSIGNED");
    }

    @Test
    void runs_of_several_needs_go_out_in_the_order_of_their_keys() {
        yard.place(3);
        List<Long> first = yard.runs(yard.needing(new Need(1, null, List.of("ssd"), null)), null, 2);
        List<Long> second = yard.runs(yard.noop(), null, 2);
        yard.dispatchOnce();
        assertThat(first).extracting(yard::state).containsOnly("ASSIGNED");
        assertThat(second).extracting(yard::state).containsExactly("ASSIGNED", "QUEUED");
    }

    // R22
    @Test
    void slots_are_counted_by_weight_when_offered_and_when_accepted() {
        Yard.Place place = yard.place(5);
        yard.runs(yard.needing(PAIR), null, 3);
        yard.dispatchOnce();
        assertThat(yard.count("SELECT sum(slots) FROM run WHERE state = 'ASSIGNED'"))
                .isEqualTo(4);
        yard.change("UPDATE node SET slots = 3", Map.of());
        assertThat(yard.acceptAll(place)).hasSize(1);
        assertThat(yard.count("SELECT count(*) FROM run WHERE state = 'RUNNING'"))
                .isEqualTo(1);
    }

    @Test
    void a_run_of_several_slots_that_waited_long_has_a_node_kept_for_it() {
        Yard.Place place = yard.place(2);
        yard.startedOn(place, yard.noop());
        long pair = yard.runs(yard.needing(PAIR), null, 1).get(0);
        List<Long> singles = yard.runs(yard.noop(), null, 2);
        yard.dispatchOnce();
        assertThat(singles).extracting(yard::state).containsExactly("ASSIGNED", "QUEUED");
        yard.finish(yard.acceptAll(place));
        yard.change("UPDATE run SET ready_at = ready_at - interval '31 s' WHERE id = :id", Map.of("id", pair));
        yard.dispatchOnce();
        assertThat(yard.state(singles.get(1))).isEqualTo("QUEUED");
        yard.change("DELETE FROM run WHERE state = 'RUNNING'", Map.of());
        yard.dispatchOnce();
        assertThat(yard.state(pair)).isEqualTo("ASSIGNED");
    }

    // R22: the runs of other queues would take each slot as it becomes free
    @Test
    void what_is_kept_of_a_node_is_kept_from_the_other_queues_too() {
        Yard.Place place = yard.place(2);
        long first = yard.startedOn(place, yard.noop());
        long pair = yard.runs(yard.needing(PAIR), yard.queue(1, null), 1).get(0);
        yard.change("UPDATE run SET ready_at = ready_at - interval '31 s' WHERE id = :id", Map.of("id", pair));
        List<Long> others = yard.runs(yard.noop(), null, 2);
        yard.dispatchOnce();
        assertThat(others).extracting(yard::state).containsOnly("QUEUED");
        yard.change("DELETE FROM run WHERE id = :id", Map.of("id", first));
        yard.dispatchOnce();
        assertThat(yard.state(pair)).isEqualTo("ASSIGNED");
        yard.change("DELETE FROM run WHERE id = :id", Map.of("id", pair));
        yard.change("UPDATE node_session SET kept_until = kept_until - interval '3 s'", Map.of());
        yard.dispatchOnce();
        assertThat(others).extracting(yard::state).containsOnly("ASSIGNED");
    }

    @Test
    void a_queue_in_which_nothing_fits_leaves_all_slots_to_the_others() {
        yard.place(8);
        yard.runs(yard.needing(GPU), yard.queue(1000, null), 5);
        long other = yard.queue(1, null);
        yard.runs(yard.noop(), other, 8);
        yard.dispatchOnce();
        yard.dispatchOnce();
        assertThat(yard.count("SELECT count(*) FROM run WHERE state = 'ASSIGNED' AND queue_id = " + other))
                .isEqualTo(8);
    }

    // the database's clock was set back by days: one slot until it is past that again, and no failure for all nodes
    @Test
    void a_node_that_starts_in_days_only_has_one_slot() {
        yard.place(10_000);
        yard.change(
                "UPDATE node SET warm_up_seconds = 1, slots = 10000; UPDATE node_session SET slots = 10000,"
                        + " started_at = started_at + interval '3 days'",
                Map.of());
        yard.runs(yard.noop(), null, 2);
        yard.dispatchOnce();
        assertThat(yard.count("SELECT count(*) FROM run WHERE state = 'ASSIGNED'"))
                .isOne();
    }

    // one node on which the reckoning failed would keep every run of every queue waiting
    @Test
    void a_node_that_warmed_up_long_ago_has_all_its_slots() {
        Yard.Place place = yard.place(10_000);
        yard.change("UPDATE node SET warm_up_seconds = 1", Map.of());
        yard.change("UPDATE node_session SET started_at = started_at - interval '1000 d'", Map.of());
        yard.runs(yard.noop(), null, 3);
        yard.dispatchOnce();
        assertThat(yard.acceptAll(place)).hasSize(3);
    }

    private Yard.Place labelled(String labels) {
        Yard.Place place = yard.place(9);
        yard.change(
                "UPDATE node SET labels = string_to_array(:labels, ',') WHERE id = :id",
                Map.of("labels", labels, "id", place.node()));
        return place;
    }

    private long nodeOf(long run) {
        return yard.count("SELECT coalesce(node_id, 0) FROM run WHERE id = " + run);
    }

    private int pages(String statement) {
        String plan = database.inTransaction(transaction -> String.join(
                "\n",
                transaction
                        .sql()
                        .createQuery("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + statement)
                        .mapTo(String.class)
                        .list()));
        Matcher hits = HITS.matcher(plan);
        assertThat(hits.find()).as(plan).isTrue();
        return Integer.parseInt(hits.group(1));
    }
}
