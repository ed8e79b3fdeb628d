package io.yardmaster.web.definition;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.Overlap;
import io.yardmaster.job.Retry;
import io.yardmaster.job.RunRules;

/** Reads what a job says of its runs. */
final class RunRulesReader {
    private RunRulesReader() {}

    /**
     * @param job the job's own fields
     * @param prefix what stands before their names
     */
    static RunRules read(Fields job, String prefix, Invalid.Problems problems) {
        return new RunRules(
                retry(job.branch("retry"), prefix + "retry.", problems),
                overlap(job.branch("overlap"), prefix + "overlap.", problems),
                job.number("warnAfter"),
                job.number("expiresAfter"),
                job.smallNumber("priority"),
                job.number("deadline"));
    }

    private static Overlap overlap(Tree.Branch branch, String prefix, Invalid.Problems problems) {
        if (branch == null) {
            return null;
        }
        Fields fields = new Fields(branch, prefix, problems);
        Overlap overlap = new Overlap(
                fields.choice("policy", Overlap.Policy.class),
                fields.smallNumber("maxParallel"),
                fields.smallNumber("maxWaiting"));
        fields.end();
        return overlap;
    }

    private static Retry retry(Tree.Branch branch, String prefix, Invalid.Problems problems) {
        if (branch == null) {
            return null;
        }
        Fields fields = new Fields(branch, prefix, problems);
        Retry retry = new Retry(
                fields.smallNumber("count"),
                fields.number("delay"),
                fields.decimal("backoff"),
                fields.number("maxDelay"),
                fields.number("jitter"),
                fields.choices("on", Retry.Outcome.class));
        fields.end();
        return retry;
    }
}
