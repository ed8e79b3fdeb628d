package io.yardmaster.app;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.node.Node;
import io.yardmaster.node.NodeDraft;
import io.yardmaster.node.Nodes;
import java.time.Duration;
import java.util.List;

/**
 * A worker of the demonstration.
 *
 * @param slots how many runs it has at a time
 * @param weight its share beside the others
 */
record DemoNode(String name, int slots, int weight) {
    static final List<DemoNode> ALL =
            List.of(new DemoNode("north", 4, 4), new DemoNode("east", 2, 2), new DemoNode("south", 1, 1));

    private static final Actor BY = Actor.system("demo");

    /** Index {@code node_by_name}. */
    private static final String FIND = "SELECT id FROM node WHERE name = :name AND archived_at IS NULL";

    Settings settings(Settings all) {
        return all.with(Setting.WORKER_NAME, name)
                .with(Setting.WORKER_SLOTS, Integer.toString(slots))
                .with(
                        Setting.WORKER_DIRECTORY,
                        all.dataDirectory().resolve("workers").resolve(name).toString());
    }

    /** Gives those that have joined their weights. @return how long to wait before looking for the others */
    static Duration weigh(Database database) {
        boolean complete = database.inTransaction(transaction ->
                ALL.stream().filter(node -> node.isWeighed(transaction)).count() == ALL.size());
        return complete ? Duration.ofDays(1) : Duration.ofSeconds(1);
    }

    /** What somebody has changed since is left as it is. */
    private boolean isWeighed(Transaction transaction) {
        Nodes nodes = new Nodes();
        Node node = transaction
                .sql()
                .createQuery(FIND)
                .bind("name", name)
                .mapTo(Long.class)
                .findFirst()
                .flatMap(id -> nodes.find(transaction, id))
                .orElse(null);
        if (node != null && node.version() == 0) {
            NodeDraft draft = new NodeDraft(name, node.description(), node.slots(), weight, node.state(), node.terms());
            nodes.update(transaction, node.id(), node.version(), draft, BY);
        }
        return node != null;
    }
}
