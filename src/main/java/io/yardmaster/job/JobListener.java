package io.yardmaster.job;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Transaction;

/** Is told of a job's changes in the transaction that makes them, so that what hangs on the job changes with it. */
@FunctionalInterface
public interface JobListener {
    /** The job has just been made, in the database too. */
    default void created(Transaction transaction, Job job) {}

    /** The job is about to be switched on or off; in the database it is still as it was. */
    default void switching(Transaction transaction, Job job, boolean enabled) {}

    /** The job has been changed from what it was {@code before}, in the database too. */
    default void changed(Transaction transaction, Job job, JobDraft before) {}

    /** The job is about to be archived. */
    void archived(Transaction transaction, Job job, Actor by);
}
