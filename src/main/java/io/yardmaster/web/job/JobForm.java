package io.yardmaster.web.job;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.Delivery;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.Need;
import io.yardmaster.queue.Queues;
import io.yardmaster.task.NoopTask;
import io.yardmaster.task.ShellTask;
import io.yardmaster.task.Task;
import io.yardmaster.web.definition.Document.JobDocument;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.form.ParameterRows;
import io.yardmaster.web.schedule.ScheduleForm;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A job's document as a form, with one schedule at most. Its fields have the names that the document's have, so that
 * each problem finds its field.
 */
final class JobForm {
    private static final String NOOP = "noop";
    private static final String DEFAULT_QUEUE = Queues.DEFAULT + "/" + Queues.DEFAULT;

    private JobForm() {}

    /** To begin with. */
    static Form blank(String namespace) {
        Form form = Form.empty()
                .with("namespace", namespace)
                .with("queue", DEFAULT_QUEUE)
                .with("task.interpreter", "sh")
                .with("delivery", Delivery.AT_LEAST_ONCE.name())
                .with("outputLimit", Amounts.ofBytes(JobDefinition.STANDARD_OUTPUT_LIMIT))
                .with("enabled", true);
        return ScheduleForm.blank(RunRulesForm.blank(NeedFields.fill(form, Need.NONE)));
    }

    /** {@code job} as fields, on top of what {@code form} holds. */
    static Form fill(Form form, JobDocument job) {
        JobDefinition definition = job.definition();
        Form filled = form.with("namespace", text(job.namespace()))
                .with("name", text(job.name()))
                .with("description", text(job.description()))
                .with("queue", fullName(job))
                .with("timeout", Amounts.ofSeconds(definition.timeout()))
                .with("delivery", definition.delivery().name())
                .with("outputLimit", Amounts.ofBytes(definition.outputLimit()))
                .with("enabled", !Boolean.FALSE.equals(job.enabled()));
        Form ruled = RunRulesForm.fill(
                SignalFields.fill(
                        LockFields.fill(NeedFields.fill(filled, definition.need()), definition.locks()),
                        definition.signals()),
                definition.rules());
        Form whole = ParameterRows.fill(task(ruled, definition.task()), definition.parameters());
        return job.schedules() == null || job.schedules().isEmpty()
                ? whole
                : ScheduleForm.fill(whole, job.schedules().get(0));
    }

    private static Form task(Form form, Task task) {
        if (task instanceof ShellTask shell) {
            return form.with("task.type", (String) null)
                    .with("task.script", shell.script())
                    .with("task.interpreter", shell.interpreter());
        }
        return form.with("task.type", task == null ? null : NOOP);
    }

    /**
     * What the form asks for, as far as it can be read; what cannot is added to {@code problems}. Whether it makes a job
     * is not judged here. Its schedules are null if the form names none, which leaves a job's own as they are.
     */
    static JobDocument document(Form form, Invalid.Problems problems) {
        Map<String, String> parameters = ParameterRows.read(form, problems);
        JobDefinition definition = new JobDefinition(
                task(form),
                parameters,
                Amounts.seconds("timeout", form.value("timeout"), problems),
                delivery(form, problems),
                Amounts.bytes("outputLimit", form.value("outputLimit"), problems),
                RunRulesForm.read(form, problems),
                NeedFields.read(form, problems),
                LockFields.read(form, problems),
                SignalFields.read(form, problems));
        return new JobDocument(
                form.text("namespace"),
                form.text("name"),
                form.text("description"),
                form.text("queue"),
                form.ticked("enabled"),
                definition,
                ScheduleForm.isBlank(form) ? null : List.of(ScheduleForm.entry(form, problems)));
    }

    /** Problems of a job's document, told at this form's fields. */
    static Invalid atFields(Invalid invalid) {
        String first = "schedules[0].";
        return ParameterRows.atRows(new Invalid(invalid.problems().stream()
                .map(problem -> problem.field().startsWith(first)
                        ? problem.at("schedule." + problem.field().substring(first.length()))
                        : SignalFields.atField(LockFields.atField(problem)))
                .toList()));
    }

    private static Task task(Form form) {
        if (form.value("task.type").equals(NOOP)) {
            return new NoopTask();
        }
        String interpreter = form.text("task.interpreter");
        return new ShellTask(form.value("task.script"), interpreter.isEmpty() ? null : interpreter);
    }

    private static Delivery delivery(Form form, Invalid.Problems problems) {
        String typed = form.text("delivery");
        if (typed.isEmpty()) {
            return null;
        }
        return Arrays.stream(Delivery.values())
                .filter(delivery -> delivery.name().equals(typed))
                .findFirst()
                .orElseGet(() -> {
                    problems.add("delivery", typed, "invalid.choice", Arrays.toString(Delivery.values()));
                    return null;
                });
    }

    /** As the form's choice has it. */
    private static String fullName(JobDocument job) {
        if (job.queue() == null) {
            return DEFAULT_QUEUE;
        }
        return job.queue().contains("/") ? job.queue() : job.namespace() + "/" + job.queue();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
