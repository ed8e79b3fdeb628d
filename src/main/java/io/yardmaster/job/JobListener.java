package io.yardmaster.job;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Transaction;

/** Is told of a job's end in the transaction that archives it, so that what hangs on the job ends with it. */
@FunctionalInterface
public interface JobListener {
    void archived(Transaction transaction, Job job, Actor by);
}
