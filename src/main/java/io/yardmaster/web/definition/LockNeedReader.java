package io.yardmaster.web.definition;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.JobSignal;
import io.yardmaster.job.LockNeed;
import java.util.ArrayList;
import java.util.List;

/** Reads what a job's document says of locks: those that its runs need, and the conditions that their ends change. */
final class LockNeedReader {
    private LockNeedReader() {}

    static List<LockNeed> needs(List<Tree.Branch> branches, String prefix, Invalid.Problems problems) {
        List<LockNeed> locks = new ArrayList<>();
        for (int i = 0; branches != null && i < branches.size(); i++) {
            Fields fields = new Fields(branches.get(i), prefix + "locks[" + i + "].", problems);
            locks.add(new LockNeed(
                    fields.text("lock"),
                    fields.choice("mode", LockNeed.Mode.class),
                    fields.smallNumber("permits"),
                    fields.text("when"),
                    fields.number("timeout"),
                    fields.choice("otherwise", LockNeed.Otherwise.class)));
            fields.end();
        }
        return locks;
    }

    static List<JobSignal> signals(List<Tree.Branch> branches, String prefix, Invalid.Problems problems) {
        List<JobSignal> signals = new ArrayList<>();
        for (int i = 0; branches != null && i < branches.size(); i++) {
            Fields fields = new Fields(branches.get(i), prefix + "signals[" + i + "].", problems);
            signals.add(new JobSignal(
                    fields.text("condition"),
                    fields.choice("on", JobSignal.On.class),
                    fields.choice("act", JobSignal.Act.class),
                    fields.texts("variables")));
            fields.end();
        }
        return signals;
    }
}
