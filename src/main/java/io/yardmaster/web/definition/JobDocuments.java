package io.yardmaster.web.definition;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Names;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDraft;
import io.yardmaster.job.JobRules;
import io.yardmaster.job.JobVersion;
import io.yardmaster.job.Jobs;
import io.yardmaster.job.Parameters;
import io.yardmaster.queue.Queues;
import io.yardmaster.security.Caller;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.ScheduleRules;
import io.yardmaster.web.definition.Applied.Change;
import io.yardmaster.web.definition.Document.JobDocument;
import io.yardmaster.web.definition.Document.ScheduleEntry;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/** Applies the document of a job, schedules and all, and writes it. */
final class JobDocuments {
    private static final int SCHEDULE_LIMIT = 100;

    private final Jobs jobs;
    private final Queues queues;
    private final QueueNames queueNames;
    private final ScheduleEntries schedules;

    JobDocuments(Jobs jobs, Queues queues, ScheduleEntries schedules) {
        this.jobs = jobs;
        this.queues = queues;
        this.queueNames = new QueueNames(queues);
        this.schedules = schedules;
    }

    Applied apply(Transaction transaction, JobDocument wanted, Precondition precondition, Caller caller) {
        Job there = jobs.find(transaction, wanted.namespace(), wanted.name())
                .map(job -> jobs.locked(transaction, job.id()))
                .orElse(null);
        String what = "job " + wanted.namespace() + "/" + wanted.name();
        if (there == null) {
            precondition.checkAbsent(what);
        } else {
            precondition.check(what, etag(transaction, there), lastChange(transaction, there));
        }
        JobDraft draft = draft(transaction, wanted, there, caller);
        int before = there == null ? 0 : there.version();
        Job job = there == null
                ? jobs.create(transaction, draft, caller.actor())
                : jobs.update(transaction, there.id(), before, draft, caller.actor());
        boolean rescheduled =
                wanted.schedules() != null && schedules.become(transaction, job, wanted.schedules(), caller.actor());
        Change change = before == 0 ? Change.CREATED : Change.of(rescheduled || job.version() != before);
        return Applied.of(job, change, etag(transaction, job));
    }

    void archive(Transaction transaction, Job found, Precondition precondition, Caller caller) {
        Job job = jobs.locked(transaction, found.id());
        precondition.check("job " + job.fullName(), etag(transaction, job), lastChange(transaction, job));
        jobs.archive(transaction, job.id(), job.version(), caller.actor());
    }

    JobDocument document(Transaction transaction, Job job) {
        String queue =
                QueueNames.written(queues.find(transaction, job.queueId()).orElseThrow(), job.namespace());
        return new JobDocument(
                job.namespace(),
                job.name(),
                job.description(),
                queue,
                job.enabled(),
                job.definition(),
                schedules.of(transaction, job));
    }

    /** Changes with anything that the document says, schedules too, whose changes make no version of the job. */
    String etag(Transaction transaction, Job job) {
        CRC32C digest = new CRC32C();
        digest.update(DocumentWriter.yaml(List.of(document(transaction, job))).getBytes(StandardCharsets.UTF_8));
        return job.version() + "-" + Long.toHexString(digest.getValue());
    }

    private JobDraft draft(Transaction transaction, JobDocument wanted, Job there, Caller caller) {
        Invalid.Problems problems = new Invalid.Problems();
        long queue = queueNames.id(transaction, wanted, there == null ? 0 : there.queueId(), caller, problems);
        boolean enabled = wanted.enabled() == null ? there == null || there.enabled() : wanted.enabled();
        JobDraft draft = new JobDraft(
                wanted.namespace(), wanted.name(), wanted.description(), queue, enabled, wanted.definition());
        JobRules.check(draft, problems);
        LockNames.check(draft, there, caller, problems);
        if (wanted.schedules() != null) {
            checkSchedules(transaction, wanted, problems);
        }
        problems.throwIfAny();
        return draft;
    }

    private static void checkSchedules(Transaction transaction, JobDocument wanted, Invalid.Problems problems) {
        List<ScheduleEntry> entries = wanted.schedules();
        problems.check(
                entries.size() <= SCHEDULE_LIMIT,
                "schedules",
                entries.size(),
                "invalid.schedules.count",
                SCHEDULE_LIMIT);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < Math.min(entries.size(), SCHEDULE_LIMIT); i++) {
            ScheduleEntry entry = entries.get(i);
            String prefix = "schedules[" + i + "].";
            Names.checkName(prefix + "name", entry.name(), problems);
            problems.check(names.add(entry.name()), prefix + "name", entry.name(), "invalid.twice");
            Parameters.check(prefix + "parameters", entry.parameters(), problems);
            Timetable when = entry.when(transaction, wanted.namespace(), prefix, problems);
            ScheduleRules.checkTimetable(prefix, when, problems);
            ScheduleRules.checkTerms(prefix, entry.terms(), problems);
        }
    }

    private String lastChange(Transaction transaction, Job job) {
        JobVersion last =
                jobs.versions().find(transaction, job.id(), job.version()).orElseThrow();
        return "last by " + last.changedBy() + " at " + last.changedAt();
    }
}
