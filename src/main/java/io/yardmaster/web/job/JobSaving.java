package io.yardmaster.web.job;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Names;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobVersion;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.Caller;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.definition.Document.JobDocument;
import io.yardmaster.web.form.Address;
import io.yardmaster.web.form.EditableNamespaces;
import io.yardmaster.web.form.Form;

/** Stores what was written in the {@link JobEditor}, or says why not. */
final class JobSaving {
    private static final int CONFLICT = 409;

    private final Jobs jobs;
    private final Definitions definitions;
    private final JobEditor editor;

    JobSaving(Jobs jobs, Definitions definitions, JobEditor editor) {
        this.jobs = jobs;
        this.definitions = definitions;
        this.editor = editor;
    }

    /** @throws Invalid naming every field that is wrong */
    View create(Transaction transaction, Caller caller, Form form) {
        Invalid.Problems problems = new Invalid.Problems();
        JobDocument wanted = JobEditor.wanted(form, problems);
        Invalid.Problems elsewhere = new Invalid.Problems();
        EditableNamespaces.check(caller, wanted.namespace(), "invalid.namespace.job", elsewhere);
        elsewhere.throwIfAny();
        if (Names.arePossible(wanted.namespace(), wanted.name())
                && jobs.find(transaction, wanted.namespace(), wanted.name()).isPresent()) {
            problems.add("name", wanted.name(), "invalid.name.taken.job");
            problems.throwIfAny();
        }
        apply(transaction, caller, wanted, problems);
        return to(wanted).saying("job.created", wanted.name());
    }

    /** @throws Invalid naming every field that is wrong */
    View change(Transaction transaction, Caller caller, Job found, Form form) {
        Job job = jobs.locked(transaction, found.id());
        if (!editor.isFresh(transaction, job, form)) {
            return lost(transaction, caller, job, form);
        }
        Invalid.Problems problems = new Invalid.Problems();
        JobDocument wanted = JobEditor.wanted(form, problems);
        problems.check(
                wanted.namespace().equals(job.namespace()) && wanted.name().equals(job.name()),
                "name",
                wanted.namespace() + "/" + wanted.name(),
                "invalid.name.kept.job");
        problems.throwIfAny();
        apply(transaction, caller, wanted, problems);
        return to(wanted).saying("job.saved", wanted.name());
    }

    private void apply(Transaction transaction, Caller caller, JobDocument wanted, Invalid.Problems problems) {
        try {
            definitions.apply(transaction, wanted, caller);
        } catch (Invalid refused) {
            problems.addAll(refused);
        }
        // also rolls back what was applied of a form that could not be read as a whole
        problems.throwIfAny();
    }

    /** The form again beside what somebody else made of the job; sent once more, it is stored over theirs. */
    private View lost(Transaction transaction, Caller caller, Job job, Form form) {
        JobVersion theirs =
                jobs.versions().find(transaction, job.id(), job.version()).orElseThrow();
        LostUpdate lost = new LostUpdate(
                theirs.changedBy(),
                theirs.changedAt(),
                job.version(),
                LineDiff.between(now(transaction, job, form), written(form)));
        return editor.page(transaction, caller, job, editor.from(transaction, job, form))
                .with("lost", lost)
                .status(CONFLICT);
    }

    private String now(Transaction transaction, Job job, Form form) {
        JobDocument now = definitions.document(transaction, job);
        return JobText.plain(JobEditor.isDocument(form) ? now : JobText.withoutSchedules(now));
    }

    private static String written(Form form) {
        try {
            return JobText.plain(JobEditor.wanted(form, new Invalid.Problems()));
        } catch (Invalid unreadable) {
            return form.value("document");
        }
    }

    private static Redirect to(JobDocument job) {
        return Redirect.to(Address.of("jobs", job.namespace(), job.name()).toString());
    }
}
