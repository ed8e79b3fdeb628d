package io.yardmaster.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.Delivery;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.JobSignal;
import io.yardmaster.job.LockNeed;
import io.yardmaster.job.Need;
import io.yardmaster.job.Overlap;
import io.yardmaster.job.Retry;
import io.yardmaster.job.RunRules;
import io.yardmaster.task.NoopTask;
import io.yardmaster.task.ShellTask;
import io.yardmaster.timetable.Gap;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.web.definition.Document.JobDocument;
import io.yardmaster.web.definition.Document.ScheduleEntry;
import io.yardmaster.web.form.Form;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobFormTest {
    private final Invalid.Problems problems = new Invalid.Problems();

    @Test
    void a_document_and_its_form_say_the_same() {
        JobDefinition definition = new JobDefinition(
                new ShellTask("#!/bin/sh\necho hello\n\n", "bash"),
                Map.of("FROM", "Zürich", "EMPTY", ""),
                5400L,
                Delivery.AT_MOST_ONCE,
                500L * 1024,
                new RunRules(
                        new Retry(4, 90L, 1.25, 1800L, 5L, List.of(Retry.Outcome.TIMED_OUT)),
                        new Overlap(Overlap.Policy.QUEUE, null, 5),
                        2700L,
                        21_600L,
                        -7,
                        1800L),
                new Need(2, List.of("gpu", "zone=a"), List.of("ssd"), List.of("slow")),
                List.of(
                        new LockNeed("warehouse", LockNeed.Mode.WRITE, null),
                        new LockNeed("other/licence", null, 2),
                        new LockNeed("gate", null, null)),
                List.of(
                        new JobSignal("data-in", null, null, Map.of("day", "2 Nov", "from", "Zürich=x", "none", "")),
                        new JobSignal("other/go", JobSignal.On.ANY, JobSignal.Act.BROADCAST, null)));
        Timetable timetable = new Timetable(Timetable.Kind.CRON, "0 30 2 * * ?", "Europe/Berlin", Gap.SKIP, null);
        JobDocument job = new JobDocument(
                "shop",
                "nightly",
                "Counts the money.",
                "shop/fast",
                false,
                definition,
                List.of(new ScheduleEntry("night", timetable, Map.of(), false)));
        assertThat(JobForm.document(JobForm.fill(Form.empty(), job), problems)).isEqualTo(job);
        assertThat(problems.none()).isTrue();
    }

    @Test
    void a_form_without_cron_leaves_a_jobs_schedules_as_they_are() {
        assertThat(JobForm.document(JobForm.blank("shop"), problems).schedules())
                .isNull();
    }

    @Test
    void a_job_that_does_nothing_stays_so() {
        JobDocument job =
                new JobDocument("shop", "canary", "", "shop/fast", true, JobDefinition.of(new NoopTask()), null);
        assertThat(JobForm.document(JobForm.fill(Form.empty(), job), problems)).isEqualTo(job);
    }

    @Test
    void a_queue_is_chosen_by_its_full_name() {
        JobDefinition definition = JobDefinition.of(new ShellTask("true", "sh"));
        assertThat(JobForm.fill(Form.empty(), new JobDocument("shop", "j", "", "fast", null, definition, null))
                        .value("queue"))
                .isEqualTo("shop/fast");
        assertThat(JobForm.fill(Form.empty(), new JobDocument("shop", "j", "", null, null, definition, null))
                        .value("queue"))
                .isEqualTo("default/default");
    }

    @Test
    void blanks_around_a_name_are_not_meant_but_those_of_a_script_are() {
        Form form = JobForm.blank("default").with("name", " nightly ").with("task.script", "  echo ");
        JobDocument job = JobForm.document(form, problems);
        assertThat(job.name()).isEqualTo("nightly");
        assertThat(job.definition().task()).isEqualTo(new ShellTask("  echo ", "sh"));
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, soon",
        "outputLimit, much",
        "delivery, TWICE",
        "schedule.gap, JUMP",
        "schedule.overlap, THRICE"
    })
    void what_cannot_be_read_is_told_at_its_field(String field, String typed) {
        Form form = JobForm.blank("default").with("schedule.cron", "0 0 * * * ?");
        JobForm.document(form.with(field, typed), problems);
        assertThat(problems.all()).extracting(Invalid.Problem::field).containsExactly(field);
    }
}
