package io.yardmaster.web.definition;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.web.definition.Document.ScheduleEntry;
import java.util.List;

/** The schedules of a job as its document lists them. */
public interface JobSchedules {
    /** All that are not archived, by name. */
    List<ScheduleEntry> of(Transaction transaction, long job);

    /** Adds what is wrong with {@code entry}, its name apart. @param prefix of the fields' names in messages */
    void check(ScheduleEntry entry, String prefix, Invalid.Problems problems);

    /**
     * Creates, changes and archives until the job has {@code wanted} and no others; what is as wanted is not touched.
     *
     * @return whether anything changed
     */
    boolean become(Transaction transaction, Job job, List<ScheduleEntry> wanted, Actor by);
}
