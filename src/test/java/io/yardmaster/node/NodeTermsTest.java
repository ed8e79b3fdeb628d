package io.yardmaster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Invalid;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeTermsTest {
    private static final NodeTerms STRICT = new NodeTerms(null, 80, 90, 1L << 30, 0);

    @Test
    void a_node_is_overloaded_above_a_threshold_and_not_at_it() {
        assertThat(STRICT.exceededBy(new NodeLoad(0.8, 90, 100, 1L << 30, 1L << 40)))
                .isNull();
        assertThat(STRICT.exceededBy(new NodeLoad(0.81, 90, 100, 1L << 30, 1L << 40)))
                .isEqualTo(NodeTerms.Resource.CPU);
        assertThat(STRICT.exceededBy(new NodeLoad(0.8, 91, 100, 1L << 30, 1L << 40)))
                .isEqualTo(NodeTerms.Resource.MEMORY);
        assertThat(STRICT.exceededBy(new NodeLoad(0.8, 90, 100, (1L << 30) - 1, 1L << 40)))
                .isEqualTo(NodeTerms.Resource.DISK);
    }

    @Test
    void before_its_first_heartbeat_nothing_is_held_against_it() {
        assertThat(STRICT.exceededBy(new NodeLoad(0, 0, 0, 0, 0))).isNull();
        assertThat(NodeTerms.NONE.exceededBy(new NodeLoad(1, 100, 100, 0, 100))).isNull();
    }

    @Test
    void labels_of_operators_count_before_those_of_the_worker() {
        assertThat(Labels.of("mill-1", List.of("zone=a", "ssd"), List.of("zone=b", "ssd=nvme", "os=linux")))
                .containsExactly("node=mill-1", "os=linux", "ssd", "zone=a");
    }

    @Test
    void what_is_no_label_is_told() {
        Invalid.Problems problems = new Invalid.Problems();
        NodeTerms.checkLabels(List.of("a=b", "no blank", "=x", "node=mine", "a=b=c"), problems);
        assertThat(problems.all())
                .extracting(Invalid.Problem::value)
                .containsExactly("no blank", "=x", "node=mine", "a=b=c");
    }
}
