package io.yardmaster.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.task.ShellTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JobsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class);

    private static final Actor ADA = new Actor("ada", "127.0.0.1");
    private static final Actor BEN = new Actor("ben", "127.0.0.2");

    private final List<String> archived = new ArrayList<>();
    private final Jobs jobs = new Jobs(List.of((transaction, job, by) -> archived.add(job.fullName())));

    @Test
    void each_change_makes_a_version_and_an_audit_entry(Database database) {
        long id = create(database, "versions", "echo one");
        database.useTransaction(
                transaction -> jobs.update(transaction, id, 1, draft(database, "versions", "echo two"), BEN));
        database.useTransaction(transaction -> jobs.enable(transaction, id, false, ADA));
        List<JobVersion> versions =
                database.inTransaction(transaction -> jobs.versions().list(transaction, id, Integer.MAX_VALUE, 10));
        assertThat(versions).extracting(JobVersion::version).containsExactly(3, 2, 1);
        assertThat(versions).extracting(JobVersion::changedBy).containsExactly("ada", "ben", "ada");
        assertThat(versions).extracting(JobVersion::enabled).containsExactly(false, true, true);
        assertThat(versions.get(2).definition().task()).isEqualTo(new ShellTask("echo one", null));
        assertThat(versions.get(1).definition().task()).isEqualTo(new ShellTask("echo two", null));
        assertThat(versions.get(0).queue()).isEqualTo("default/default");
        assertThat(actions(database, "versions")).containsExactly("job.create", "job.update", "job.update");
    }

    @Test
    void a_draft_that_changes_nothing_leaves_no_trace(Database database) {
        long id = create(database, "same", "echo same");
        database.useTransaction(
                transaction -> jobs.update(transaction, id, 1, draft(database, "same", "echo same"), BEN));
        assertThat(actions(database, "same")).containsExactly("job.create");
        assertThat(job(database, id).version()).isEqualTo(1);
    }

    @Test
    void a_lost_update_is_refused_and_says_who_was_first(Database database) {
        long id = create(database, "lost", "echo one");
        database.useTransaction(
                transaction -> jobs.update(transaction, id, 1, draft(database, "lost", "echo ben"), BEN));
        assertThatThrownBy(() -> database.useTransaction(
                        transaction -> jobs.update(transaction, id, 1, draft(database, "lost", "echo ada"), ADA)))
                .isInstanceOf(Conflict.class)
                .hasMessageContainingAll("default/lost", "changed by ben at 20", "version 2", "from version 1");
        assertThat(job(database, id).definition().task()).isEqualTo(new ShellTask("echo ben", null));
    }

    @Test
    void of_editors_at_the_same_moment_one_wins_and_the_others_are_told(Database database) {
        long id = create(database, "race", "echo none");
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<String>> editors = IntStream.range(0, 4)
                .mapToObj(editor -> CompletableFuture.supplyAsync(() -> edit(database, id, editor, start)))
                .toList();
        start.countDown();
        List<String> answers = editors.stream().map(CompletableFuture::join).toList();
        assertThat(answers).containsOnlyOnce("stored");
        assertThat(answers)
                .filteredOn(answer -> !answer.equals("stored"))
                .allMatch(text -> text.contains("changed by"));
        assertThat(job(database, id).version()).isEqualTo(2);
    }

    private String edit(Database database, long id, int editor, CountDownLatch start) {
        JobDraft draft = draft(database, "race", "echo " + editor);
        try {
            start.await();
            database.useTransaction(transaction -> jobs.update(transaction, id, 1, draft, ADA));
            return "stored";
        } catch (Conflict refused) {
            return refused.getMessage();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void a_name_is_taken_until_its_job_is_archived(Database database) {
        long id = create(database, "taken", "echo one");
        assertThatThrownBy(() -> create(database, "taken", "echo two"))
                .isInstanceOf(Conflict.class)
                .hasMessage("there is a job default/taken already");
        database.useTransaction(transaction -> jobs.archive(transaction, id, 1, ADA));
        assertThat(archived).containsExactly("default/taken");
        assertThatThrownBy(() -> database.useTransaction(transaction -> jobs.get(transaction, "default", "taken")))
                .isInstanceOf(Missing.class);
        assertThatThrownBy(() -> database.useTransaction(transaction -> jobs.enable(transaction, id, true, ADA)))
                .isInstanceOf(Missing.class);
        assertThat(create(database, "taken", "echo two")).isGreaterThan(id);
    }

    @Test
    void all_that_is_wrong_is_told_at_once_and_nothing_is_stored(Database database) {
        JobDefinition wrong = new JobDefinition(
                new ShellTask(" ", "sh -c evil"),
                Map.of("1st", "a", "YARDMASTER_RUN_ID", "b"),
                0L,
                null,
                1L,
                new RunRules(null, null, null, null, 51, -1L),
                new Need(0, List.of("no blank"), null, List.of("-")),
                List.of(new LockNeed("No", null, null), new LockNeed("a-b", null, 0), new LockNeed("a.b", null, null)),
                null);
        JobDraft draft = new JobDraft("No Space", "x".repeat(1_000_000), "d".repeat(2001), 1, true, wrong);
        Invalid refused = catchThrowableOfType(
                Invalid.class, () -> database.useTransaction(transaction -> jobs.create(transaction, draft, ADA)));
        assertThat(refused.problems())
                .extracting(Invalid.Problem::field)
                .containsExactlyInAnyOrder(
                        "namespace",
                        "name",
                        "description",
                        "task.script",
                        "task.interpreter",
                        "parameters",
                        "parameters",
                        "timeout",
                        "outputLimit",
                        "priority",
                        "deadline",
                        "slots",
                        "nodes.must",
                        "nodes.avoid",
                        "locks[0].lock",
                        "locks[1].permits",
                        "locks[2].lock");
        assertThat(refused.problems()).allMatch(problem -> problem.value().length() <= 121);
    }

    @Test
    void jobs_are_found_by_part_of_name_description_or_script_a_page_at_a_time(Database database) {
        for (int number = 0; number < 7; number++) {
            create(database, "paged-" + number, "echo NEEDLE" + number);
        }
        List<String> found = new ArrayList<>();
        JobSearch.Place after = null;
        List<JobRow> page;
        do {
            page = search(database, "needle", JobSearch.Order.NAME_DOWN, after);
            page.forEach(row -> found.add(row.name()));
            after = page.isEmpty() ? null : page.get(page.size() - 1).place();
        } while (!page.isEmpty());
        assertThat(found).containsExactly("paged-6", "paged-5", "paged-4", "paged-3", "paged-2", "paged-1", "paged-0");
        assertThat(search(database, "AGED-3", JobSearch.Order.NEWEST, null))
                .extracting(JobRow::name)
                .containsExactly("paged-3");
    }

    private static List<JobRow> search(Database database, String text, JobSearch.Order order, JobSearch.Place after) {
        JobSearch search = new JobSearch(Set.of("default"), text, List.of(), order, after, 3);
        return database.inTransaction(transaction -> new JobList().list(transaction, search));
    }

    private long create(Database database, String name, String script) {
        JobDraft draft = draft(database, name, script);
        return database.inTransaction(
                transaction -> jobs.create(transaction, draft, ADA).id());
    }

    private Job job(Database database, long id) {
        return database.inTransaction(transaction -> jobs.find(transaction, id).orElseThrow());
    }

    private static JobDraft draft(Database database, String name, String script) {
        long queue = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT id FROM queue")
                .mapTo(Long.class)
                .one());
        return new JobDraft("default", name, "", queue, true, JobDefinition.of(new ShellTask(script, null)));
    }

    private static List<String> actions(Database database, String job) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT action FROM audit_entry WHERE subject = :job ORDER BY id")
                .bind("job", job)
                .mapTo(String.class)
                .list());
    }
}
