package io.yardmaster.web.definition;

import io.yardmaster.calendar.Calendars;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobList;
import io.yardmaster.job.JobRow;
import io.yardmaster.job.JobSearch;
import io.yardmaster.job.Jobs;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.Locks;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.Queues;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.definition.Document.CalendarDocument;
import io.yardmaster.web.definition.Document.JobDocument;
import io.yardmaster.web.definition.Document.LockDocument;
import io.yardmaster.web.definition.Document.QueueDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The one door through which documents become definitions and definitions documents. */
public final class Definitions {
    private static final int PAGE = 500;

    private final Jobs jobs;
    private final Queues queues = new Queues();
    private final JobDocuments jobDocuments;
    private final QueueDocuments queueDocuments;
    private final Locks locks = new Locks();
    private final LockDocuments lockDocuments = new LockDocuments(locks);
    private final Calendars calendars;
    private final CalendarDocuments calendarDocuments;

    public Definitions(Jobs jobs, Schedules schedules) {
        this.jobs = jobs;
        this.jobDocuments = new JobDocuments(jobs, queues, new ScheduleEntries(schedules));
        this.queueDocuments = new QueueDocuments(queues);
        this.calendars = new Calendars(schedules);
        this.calendarDocuments = new CalendarDocuments(calendars);
    }

    /**
     * Makes what there is as {@code document} says, whole or not at all; applying it again changes nothing.
     *
     * @throws Invalid naming every field that is wrong
     * @throws io.yardmaster.security.Denied if the caller may not edit in its namespace
     */
    public Applied apply(Transaction transaction, Document document, Precondition precondition, Caller caller) {
        caller.demand(Permission.EDIT, document.namespace() == null ? "" : document.namespace());
        if (document instanceof JobDocument job) {
            return jobDocuments.apply(transaction, job, precondition, caller);
        }
        if (document instanceof LockDocument lock) {
            return lockDocuments.apply(transaction, lock.draft(), precondition, caller.actor());
        }
        return document instanceof CalendarDocument calendar
                ? calendarDocuments.apply(transaction, calendar.draft(), precondition, caller.actor())
                : queueDocuments.apply(transaction, ((QueueDocument) document).draft(), precondition, caller.actor());
    }

    /** As {@link #apply} without precondition. */
    public Applied apply(Transaction transaction, Document document, Caller caller) {
        return apply(transaction, document, Precondition.NONE, caller);
    }

    /** All of {@code documents} or none, jobs after the queues, locks and calendars that they name; answers in the order given. */
    public List<Applied> applyAll(Transaction transaction, List<Document> documents, Caller caller) {
        Applied[] answers = new Applied[documents.size()];
        Invalid.Problems problems = new Invalid.Problems();
        for (boolean job : new boolean[] {false, true}) {
            for (int i = 0; i < answers.length; i++) {
                if (documents.get(i) instanceof JobDocument == job) {
                    answers[i] = applyOne(transaction, documents.get(i), i, caller, problems);
                }
            }
        }
        problems.throwIfAny();
        return List.of(answers);
    }

    private Applied applyOne(
            Transaction transaction, Document document, int index, Caller caller, Invalid.Problems problems) {
        try {
            return apply(transaction, document, caller);
        } catch (Invalid refused) {
            refused.problems()
                    .forEach(problem -> problems.add(problem.at("documents[" + index + "]." + problem.field())));
            return null;
        }
    }

    /** @throws io.yardmaster.database.Missing if there is no such job */
    public void archiveJob(Transaction transaction, Edit edit) {
        edit.caller().demand(Permission.EDIT, edit.namespace());
        Job job = jobs.get(transaction, edit.namespace(), edit.name());
        jobDocuments.archive(transaction, job, edit.precondition(), edit.caller());
    }

    /** @throws io.yardmaster.database.Conflict if it is the default queue or jobs still name it */
    public void archiveQueue(Transaction transaction, Edit edit) {
        edit.caller().demand(Permission.EDIT, edit.namespace());
        Queue queue = queues.get(transaction, edit.namespace(), edit.name());
        queueDocuments.archive(
                transaction, queue, edit.precondition(), edit.caller().actor());
    }

    /** @throws io.yardmaster.database.Conflict if jobs need it or runs have it */
    public void archiveLock(Transaction transaction, Edit edit) {
        edit.caller().demand(Permission.EDIT, edit.namespace());
        Lock lock = locks.get(transaction, edit.namespace(), edit.name());
        lockDocuments.archive(
                transaction, lock, edit.precondition(), edit.caller().actor());
    }

    /** @throws io.yardmaster.database.Conflict if schedules follow it */
    public void archiveCalendar(Transaction transaction, Edit edit) {
        edit.caller().demand(Permission.EDIT, edit.namespace());
        NamedCalendar calendar = calendars.get(transaction, edit.namespace(), edit.name());
        calendarDocuments.archive(
                transaction, calendar, edit.precondition(), edit.caller().actor());
    }

    public JobDocument document(Transaction transaction, Job job) {
        return jobDocuments.document(transaction, job);
    }

    public String etag(Transaction transaction, Job job) {
        return jobDocuments.etag(transaction, job);
    }

    public String etag(Queue queue) {
        return QueueDocuments.etag(queue);
    }

    public String etag(Lock lock) {
        return LockDocuments.etag(lock);
    }

    public String etag(NamedCalendar calendar) {
        return CalendarDocuments.etag(calendar);
    }

    /**
     * Queues, then locks and calendars of {@code namespaces}, each kind by name: before the jobs that name them, as they can be applied.
     *
     * @param namespaces null for all
     */
    public List<Document> exportNeeded(Transaction transaction, Set<String> namespaces) {
        List<Document> documents = new ArrayList<>();
        queues.list(transaction).stream()
                .filter(queue -> namespaces == null || namespaces.contains(queue.namespace()))
                .forEach(queue -> documents.add(new QueueDocument(queue.draft())));
        locks.list(transaction).stream()
                .filter(lock -> namespaces == null || namespaces.contains(lock.namespace()))
                .forEach(lock -> documents.add(new LockDocument(lock.draft())));
        calendars.list(transaction).stream()
                .filter(calendar -> namespaces == null || namespaces.contains(calendar.namespace()))
                .forEach(calendar -> documents.add(new CalendarDocument(calendar.draft())));
        return documents;
    }

    /** Some jobs by name. {@code next} is where it goes on, null if these are the last. */
    public record ExportedJobs(List<Document> documents, JobSearch.Place next) {}

    /**
     * Jobs of {@code namespaces}, so many that a transaction stays short.
     *
     * @param namespaces null for all
     * @param after null for the first
     */
    public ExportedJobs exportJobs(Transaction transaction, Set<String> namespaces, JobSearch.Place after) {
        JobSearch search = new JobSearch(namespaces, null, List.of(), JobSearch.Order.NAME, after, PAGE);
        List<JobRow> page = new JobList().list(transaction, search);
        List<Document> documents = page.stream()
                .<Document>map(row ->
                        document(transaction, jobs.find(transaction, row.id()).orElseThrow()))
                .toList();
        return new ExportedJobs(
                documents, page.size() < PAGE ? null : page.get(PAGE - 1).place());
    }
}
