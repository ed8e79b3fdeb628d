package io.yardmaster.web.job;

import io.yardmaster.calendar.CalendarChoice;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.queue.Queues;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import io.yardmaster.web.Page;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.definition.Document.JobDocument;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.form.ParameterRows;
import io.yardmaster.web.schedule.CalendarFields;
import io.yardmaster.web.schedule.Previews;
import io.yardmaster.web.schedule.ScheduleForm;
import io.yardmaster.web.schedule.ZoneChoice;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The page on which a job is written, as a form or as a document; one becomes the other and nothing typed is lost. Field
 * {@code as} says which of the two it is, {@code version} and {@code etag} what the writing began from.
 */
final class JobEditor {
    private static final String AS = "as";
    private static final String DOCUMENT = "document";
    private static final String VERSION = "version";
    private static final String ETAG = "etag";

    /** The fields beside which problems are told. */
    private static final List<String> SHOWN = Stream.of(
                    List.of(
                            "namespace",
                            "name",
                            "description",
                            "queue",
                            "task.script",
                            "task.interpreter",
                            "timeout",
                            "outputLimit",
                            "slots",
                            "nodes.must",
                            "nodes.prefer",
                            "nodes.avoid",
                            "delivery",
                            "document"),
                    RunRulesForm.SHOWN,
                    ScheduleForm.SHOWN)
            .flatMap(List::stream)
            .toList();

    private final Queues queues;
    private final Definitions definitions;
    private final ListedJobs listed = new ListedJobs();
    private final Previews previews = new Previews();

    JobEditor(Queues queues, Definitions definitions) {
        this.queues = queues;
        this.definitions = definitions;
    }

    static boolean isDocument(Form form) {
        return form.value(AS).equals(DOCUMENT);
    }

    /** What the form or the text says; what cannot be read is added to {@code problems} or thrown. */
    static JobDocument wanted(Form form, Invalid.Problems problems) {
        return isDocument(form) ? JobText.read(form.value(DOCUMENT)) : JobForm.document(form, problems);
    }

    /** {@code form} with {@code job} to be edited, and what its change will be checked against. */
    Form begun(Transaction transaction, Job job, Form form) {
        JobDocument now = definitions.document(transaction, job);
        return from(transaction, job, JobForm.fill(form, JobText.withoutSchedules(now)));
    }

    /** {@code form} as it is, but begun from what the job is now. */
    Form from(Transaction transaction, Job job, Form form) {
        return form.with(VERSION, Integer.toString(job.version())).with(ETAG, definitions.etag(transaction, job));
    }

    /** Whether the job is still what the writing began from; a document tells of its schedules too. */
    boolean isFresh(Transaction transaction, Job job, Form form) {
        return isDocument(form)
                ? form.value(ETAG).equals(definitions.etag(transaction, job))
                : form.value(VERSION).equals(Integer.toString(job.version()));
    }

    /**
     * The form written out.
     *
     * @param job null for a new one
     */
    Form asDocument(Transaction transaction, Job job, Form form) {
        Invalid.Problems problems = new Invalid.Problems();
        JobDocument written = JobForm.document(form, problems);
        problems.throwIfAny();
        JobDocument whole = job == null
                ? written
                : JobText.with(written, definitions.document(transaction, job).schedules());
        return form.with(AS, DOCUMENT).with(DOCUMENT, JobText.yaml(whole));
    }

    /**
     * The text filled into the form, if the form can hold it.
     *
     * @param job null for a new one
     */
    Form asForm(Transaction transaction, Job job, Form form) {
        JobDocument written = JobText.read(form.value(DOCUMENT));
        boolean fits = written.schedules() == null
                || (job == null
                        ? written.schedules().size() < 2
                                && written.schedules().stream()
                                        .allMatch(schedule ->
                                                schedule.parameters().isEmpty())
                        : written.schedules()
                                .equals(definitions.document(transaction, job).schedules()));
        if (!fits) {
            throw new Invalid("schedules", null, "invalid.schedules.form");
        }
        JobDocument shown = job == null ? written : JobText.withoutSchedules(written);
        return JobForm.fill(form, shown).with(AS, (String) null);
    }

    /** @param job null for a new one */
    Page page(Transaction transaction, Caller caller, Job job, Form form) {
        Set<String> editable = caller.namespaces(Permission.EDIT);
        List<String> known =
                editable.contains(Caller.EVERYWHERE) ? listed.namespaces(transaction, editable) : List.copyOf(editable);
        List<CalendarChoice> calendars =
                CalendarChoice.all(transaction, editable.contains(Caller.EVERYWHERE) ? null : editable);
        return Page.of("job/form")
                .with("form", form)
                .with("shown", SHOWN)
                .with("job", job)
                .with("document", isDocument(form))
                .with("rows", ParameterRows.of(form))
                .with("queues", QueueChoice.usable(transaction, queues, caller, form.value("queue")))
                .with("namespaces", known)
                .with("zones", ZoneChoice.all())
                .with("calendars", CalendarFields.names(CalendarFields.SCHEDULE, calendars, form))
                .with("preview", previews.of(transaction, form.text("namespace"), form))
                .with("lost", null);
    }
}
