package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.node.Nodes;
import io.yardmaster.web.definition.Applied;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the demonstration puts into its database. */
final class DemoJobsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Composition.ENTITIES.toArray(Class<?>[]::new));

    @Test
    void the_sample_jobs_are_made_once(Database database) {
        assertThat(DemoJobs.apply(database))
                .hasSizeGreaterThan(12)
                .allMatch(applied -> applied.change() == Applied.Change.CREATED);
        assertThat(DemoJobs.apply(database)).allMatch(applied -> applied.change() == Applied.Change.UNCHANGED);
    }

    @Test
    void nodes_get_their_weights_when_all_have_joined(Database database) {
        assertThat(DemoNode.weigh(database)).isEqualTo(Duration.ofSeconds(1));
        DemoNode.ALL.forEach(node -> database.useTransaction(transaction ->
                new Nodes().join(transaction, new Nodes.Joining(node.name(), node.slots(), "depot", "127.0.0.1"))));
        assertThat(DemoNode.weigh(database)).isGreaterThan(Duration.ofHours(1));
        assertThat(DemoNode.weigh(database)).isGreaterThan(Duration.ofHours(1));
        List<String> nodes = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT name || ' ' || slots || '/' || weight FROM node ORDER BY weight DESC")
                .mapTo(String.class)
                .list());
        assertThat(nodes).containsExactly("north 4/4", "east 2/2", "south 1/1");
    }
}
