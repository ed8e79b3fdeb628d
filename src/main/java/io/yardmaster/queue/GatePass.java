package io.yardmaster.queue;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of runs that are born before gates: some are skipped, some wait, the others are ready. */
final class GatePass {
    private final Map<Long, String> skipped = new LinkedHashMap<>();
    private final List<Long> blocked = new ArrayList<>();

    private GatePass() {}

    /** Newborn runs of one job in their order, and what they meet. */
    private record Met(long job, List<Long> ids, List<Boolean> ready, int others, Long one, int through) {}

    /** @param rules of their jobs, whose gates are locked */
    static GatePass of(Transaction transaction, List<Long> runs, Map<Long, Gates.Rule> rules, boolean mayBeSkipped) {
        GatePass pass = new GatePass();
        met(transaction, runs, rules).forEach(met -> pass.decide(met, rules.get(met.job()), mayBeSkipped));
        return pass;
    }

    private void decide(Met met, Gates.Rule rule, boolean mayBeSkipped) {
        int room = mayBeSkipped && rule.maxWaiting() != null ? rule.most() - met.others() : Integer.MAX_VALUE;
        int free = rule.permits() - met.through();
        for (int i = 0; i < met.ids().size(); i++) {
            long run = met.ids().get(i);
            if (i >= room) {
                skipped.put(run, said(rule, met));
            } else if (met.ready().get(i) && free-- <= 0) {
                blocked.add(run);
            }
        }
    }

    /** The console puts these sentences into its reader's language: {@code Told}. */
    private static String said(Gates.Rule rule, Met met) {
        long one = met.one() == null ? met.ids().get(0) : met.one();
        return rule.maxWaiting() == 0
                ? "skipped, since run " + one + " of its job had not ended"
                : "skipped, since as many runs of its job waited as may; run " + one + " is one of them";
    }

    void write(Transaction transaction) {
        WaitingEnds.skip(transaction, skipped);
        if (!blocked.isEmpty()) {
            transaction
                    .sql()
                    .createUpdate(GateSql.BLOCK)
                    .bindArray("runs", Long.class, blocked)
                    .execute();
        }
    }

    private static List<Met> met(Transaction transaction, List<Long> runs, Map<Long, Gates.Rule> rules) {
        return transaction
                .sql()
                .createQuery(GateSql.MET)
                .bindArray("runs", Long.class, runs)
                .bindNamedArgumentFinder(Columns.of(rules.entrySet())
                        .with("jobs", Long.class, Map.Entry::getKey)
                        .with("mosts", Integer.class, rule -> rule.getValue().most()))
                .map((row, context) -> new Met(
                        row.getLong("job_id"),
                        List.of((Long[]) row.getArray("ids").getArray()),
                        List.of((Boolean[]) row.getArray("ready").getArray()),
                        row.getInt("others"),
                        row.getObject("one", Long.class),
                        row.getInt("through")))
                .list();
    }
}
