package io.yardmaster.web.job;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.Queues;
import io.yardmaster.security.Caller;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.schedule.ScheduleForm;
import java.util.function.Function;

/** Answers the buttons of the {@link JobEditor}: look, turn into a document or back, save. */
final class JobWriting {
    /** Of a job that is not there yet. */
    static final Function<Transaction, Job> NEW = transaction -> null;

    private final Database database;
    private final JobEditor editor;
    private final JobSaving saving;

    JobWriting(Database database, Jobs jobs, Queues queues, Definitions definitions) {
        this.database = database;
        this.editor = new JobEditor(queues, definitions);
        this.saving = new JobSaving(jobs, definitions, editor);
    }

    /** The page to begin with. */
    View begin(Caller caller, Function<Transaction, Job> found, Form form) {
        return database.inTransaction(transaction -> {
            Job job = found.apply(transaction);
            return editor.page(transaction, caller, job, job == null ? form : editor.begun(transaction, job, form));
        });
    }

    /** What the pressed button asks for, or the form again with what is wrong with it. */
    View answer(Caller caller, Function<Transaction, Job> found, Form form) {
        try {
            return database.inTransaction(transaction -> answer(transaction, caller, found.apply(transaction), form));
        } catch (Invalid refused) {
            return again(caller, found, form, refused);
        } catch (Conflict taken) {
            return again(caller, found, form, new Invalid("name", form.text("name"), taken.said()));
        }
    }

    private View answer(Transaction transaction, Caller caller, Job job, Form form) {
        return switch (form.value("action")) {
            case "rows", "preview" -> editor.page(transaction, caller, job, form);
            case ScheduleForm.BUILD -> editor.page(transaction, caller, job, ScheduleForm.built(form));
            case "document" -> editor.page(transaction, caller, job, editor.asDocument(transaction, job, form));
            case "form" -> editor.page(transaction, caller, job, editor.asForm(transaction, job, form));
            default ->
                job == null ? saving.create(transaction, caller, form) : saving.change(transaction, caller, job, form);
        };
    }

    private Page again(Caller caller, Function<Transaction, Job> found, Form form, Invalid refused) {
        Invalid told = JobEditor.isDocument(form) ? refused : JobForm.atFields(refused);
        return database.inTransaction(transaction ->
                editor.page(transaction, caller, found.apply(transaction), form).refused(told));
    }
}
