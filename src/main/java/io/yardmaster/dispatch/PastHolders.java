package io.yardmaster.dispatch;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Knows which attempts a node has, or ever had: of any other it has nothing to say. */
public final class PastHolders {
    /** Indexes {@code run_pkey}, {@code run_history_pkey}. History is looked up only for what is not found hot. */
    static final String HELD = """
            SELECT a.run, a.epoch FROM unnest(:runs, :epochs) AS a (run, epoch)
            CROSS JOIN LATERAL (
                (SELECT epoch, node_id, attempts FROM run WHERE id = a.run LIMIT 1)
                UNION ALL
                (SELECT epoch, node_id, attempts FROM run_history WHERE id = a.run LIMIT 1)
                LIMIT 1) AS found
            WHERE (found.epoch = a.epoch AND found.node_id = :node)
               OR found.attempts @> jsonb_build_array(
                      jsonb_build_object('epoch', a.epoch, 'node', CAST(:node AS text)))
            """;

    private PastHolders() {}

    /** Those of {@code refs} that {@code node} holds or held. */
    public static Set<RunEpoch> held(Transaction transaction, long node, Collection<RunEpoch> refs) {
        List<RunEpoch> distinct = refs.stream().distinct().toList();
        return new HashSet<>(transaction
                .sql()
                .createQuery(HELD)
                .bindNamedArgumentFinder(Columns.of(distinct)
                        .with("runs", Long.class, RunEpoch::run)
                        .with("epochs", Long.class, RunEpoch::epoch))
                .bind("node", node)
                .map((row, context) -> new RunEpoch(row.getLong("run"), row.getLong("epoch")))
                .list());
    }
}
