package io.yardmaster.web.lock;

import static io.yardmaster.web.Browser.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.PostgresExtension;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.Locks;
import io.yardmaster.security.Role;
import io.yardmaster.web.Browser;
import io.yardmaster.web.job.JobYard;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Update;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LockPagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = JobYard.postgres();

    private static JobYard yard;
    private static Browser editor;

    @BeforeAll
    static void start() {
        yard = new JobYard(POSTGRES.database());
        editor = yard.server.signedIn("ed", "*", Role.EDITOR);
    }

    @AfterAll
    static void stop() {
        yard.close();
    }

    @Test
    void a_lock_is_made_found_and_listed() {
        assertThat(editor.submit(
                                "/locks",
                                "namespace",
                                "shop",
                                "name",
                                "licence",
                                "description",
                                "<b>For three</b>",
                                "owner",
                                "Ops & co",
                                "type",
                                "SEMAPHORE",
                                "permits",
                                "3")
                        .body())
                .contains("Lock licence was created.", "&lt;b&gt;For three&lt;/b&gt;", "0 / 3", "Ops &amp; co");
        assertThat(ok(editor.get("/locks?q=co"))).contains(">licence<", "Semaphore");
        assertThat(ok(editor.get("/locks?q=nothing-like-it"))).contains("No lock is like that");
        assertThat(find("shop", "licence").orElseThrow().capacity()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "name, No!, a name is 1 to 100",
        "type, LUCK, is one of",
        "permits, 0, is a whole number from 1 to 1000000",
        "permits, many, is a whole number"
    })
    void a_bad_field_is_told_in_its_place_and_nothing_is_stored(String field, String typed, String told) {
        HttpResponse<String> answer = editor.post(
                "/locks",
                "namespace",
                "shop",
                field.equals("name") ? "other" : "name",
                "bad",
                field.equals("type") ? "other" : "type",
                "SEMAPHORE",
                field,
                typed);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(told);
        assertThat(find("shop", "bad")).isEmpty();
    }

    @Test
    void its_kind_stays_and_its_permits_are_no_fewer_than_a_job_needs() {
        make("shop", "seats", "SEMAPHORE", "5");
        job("seater", "seats 4");
        assertThat(edit("seats", "SEMAPHORE", "3").body())
                .contains("are fewer than these jobs need", "shop/seater (4)");
        assertThat(edit("seats", "MUTEX", "").body()).contains("a lock keeps its kind");
        assertThat(edit("seats", "SEMAPHORE", "4").statusCode()).isEqualTo(303);
        assertThat(find("shop", "seats").orElseThrow().permits()).isEqualTo(4);
        assertThat(yard.database.<Integer>inTransaction(transaction -> transaction
                        .sql()
                        .createQuery(
                                "SELECT s.capacity FROM lock_state s JOIN lock l ON l.id = s.lock_id WHERE l.name = 'seats'")
                        .mapTo(Integer.class)
                        .one()))
                .isEqualTo(4);
    }

    @Test
    void a_change_beside_another_is_told_and_stored_only_on_purpose() {
        make("shop", "shared", "MUTEX", "");
        Lock before = find("shop", "shared").orElseThrow();
        editor.post("/locks/shop/shared/edit", "version", "0", "type", "MUTEX", "owner", "theirs");
        HttpResponse<String> lost = editor.post(
                "/locks/shop/shared/edit",
                "version",
                Integer.toString(before.version()),
                "type",
                "MUTEX",
                "owner",
                "mine");
        assertThat(lost.statusCode()).isEqualTo(409);
        assertThat(lost.body()).contains("theirs", "value=\"mine\"");
        assertThat(find("shop", "shared").orElseThrow().owner()).isEqualTo("theirs");
    }

    @Test
    void what_jobs_need_is_not_archived_and_the_job_links_to_it() {
        make("shop", "needed", "READ_WRITE", "");
        job("reader", "needed read");
        assertThat(ok(editor.get("/jobs/shop/reader"))).contains("href=\"/locks/shop/needed\"", "read");
        assertThat(ok(editor.get("/locks/shop/needed"))).contains("href=\"/jobs/shop/reader\"");
        Lock lock = find("shop", "needed").orElseThrow();
        HttpResponse<String> refused =
                editor.post("/locks/shop/needed/archive", "version", Integer.toString(lock.version()));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("is needed by shop/reader");
        make("shop", "idle", "MUTEX", "");
        assertThat(editor.submit("/locks/shop/idle/archive", "version", "0").body())
                .contains("Lock idle was archived.");
    }

    @Test
    void a_job_names_no_lock_of_a_namespace_where_its_editor_has_no_say() {
        make("vault", "door", "MUTEX", "");
        Browser other = yard.server.signedIn("sam", "shop", Role.EDITOR);
        HttpResponse<String> answer = other.post(
                "/jobs",
                "namespace",
                "shop",
                "name",
                "thief",
                "task.type",
                "noop",
                "locks",
                "vault/door",
                "enabled",
                "true");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("there is no such lock, or you may not use it");
    }

    @Test
    void holders_and_waiters_stand_in_their_order_and_those_of_others_without_their_names() {
        make("shop", "gate", "MUTEX", "");
        job("holder", "gate");
        make("hidden", "other", "MUTEX", "");
        long lock = find("shop", "gate").orElseThrow().id();
        long holder = run("shop", "holder", "RUNNING", 40);
        change(
                "INSERT INTO lock_hold (lock_id, run_id, epoch, units, token) VALUES (:lock, :run, 1, 1, 17)",
                lock,
                holder);
        long waiting = run("shop", "holder", "BLOCKED", 60);
        change(
                "INSERT INTO lock_ticket (lock_id, run_id, queue_id, key, units) SELECT :lock, id, queue_id, 5, 1 FROM run WHERE id = :run",
                lock,
                waiting);
        String page = ok(editor.get("/locks/shop/gate"));
        assertThat(page).contains(">17<", "/runs/" + holder, "/runs/" + waiting, "worker-9");
        assertThat(page.indexOf("/runs/" + holder)).isLessThan(page.indexOf("/runs/" + waiting));
        assertThat(ok(editor.get("/locks?order=waiting"))).contains(">gate<");
        String release = "/locks/shop/gate/release/" + holder;
        assertThat(ok(editor.get(release))).contains("Its token 17 is burnt");
        assertThat(editor.post(release, "reason", "").statusCode()).isEqualTo(422);
        assertThat(editor.submit(release, "reason", "it hangs").body())
                .contains("Lock gate was taken from run " + holder, "/runs/" + waiting)
                .doesNotContain("/runs/" + holder + "\"");
        assertThat(editor.post(release, "reason", "again").statusCode()).isEqualTo(409);
        assertThat(yard.database.<String>inTransaction(transaction -> transaction
                        .sql()
                        .createQuery("SELECT detail ->> 'reason' FROM audit_entry WHERE action = 'lock.release'")
                        .mapTo(String.class)
                        .one()))
                .isEqualTo("it hangs");
        change(
                "INSERT INTO lock_hold (lock_id, run_id, epoch, units, token) VALUES (:lock, :run, 1, 1, 18)",
                lock,
                holder);
        yard.database.useTransaction(
                transaction -> transaction.sql().execute("UPDATE job SET namespace = 'hidden' WHERE name = 'holder'"));
        Browser viewer = yard.server.signedIn("vera", "shop", Role.VIEWER);
        assertThat(ok(viewer.get("/locks/shop/gate")))
                .doesNotContain("/runs/" + holder, "/runs/" + waiting, "worker-9");
    }

    @Test
    void a_condition_is_made_awaited_set_and_signalled() {
        assertThat(editor.submit(
                                "/locks",
                                "namespace",
                                "shop",
                                "name",
                                "data-in",
                                "type",
                                "CONDITION",
                                "variables",
                                "arrived = false\nfiles=0\nday =")
                        .body())
                .contains("Lock data-in was created.", ">arrived<", ">false<");
        job("loader", "data-in timeout 2h otherwise skip when arrived && files > 3 && day != '<b>'");
        assertThat(ok(editor.get("/jobs/shop/loader")))
                .contains("arrived &amp;&amp; files &gt; 3", "at most 2h, then is skipped");
        assertThat(ok(editor.get("/jobs/shop/loader/edit")))
                .contains("data-in timeout 2h otherwise SKIP when arrived &amp;&amp; files &gt; 3");
        assertThat(ok(editor.get("/locks/shop/data-in"))).contains("shop/loader", "/locks/shop/data-in/variables");
        assertThat(ok(editor.get("/locks"))).contains(">data-in<");
        String variables = "/locks/shop/data-in/variables";
        assertThat(ok(editor.get(variables))).contains("name=\"variables.files\"", "All runs are called");
        assertThat(editor.submit(
                                variables,
                                "act",
                                "set",
                                "was.files",
                                "0",
                                "variables.files",
                                "7",
                                "was.arrived",
                                "x",
                                "variables.arrived",
                                "x")
                        .body())
                .contains("Runs that waited and were called: 0.", ">7<");
        HttpResponse<String> bad = editor.post(variables, "act", "signal", "was.files", "7", "variables.files", "many");
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.body()).contains("is a whole number", "value=\"many\"");
        assertThat(editor.post(variables, "act", "shout").statusCode()).isEqualTo(422);
        assertThat(editor.submit(variables, "act", "reset").body())
                .contains(">0<")
                .doesNotContain(">7<");
        assertThat(yard.server
                        .signedIn("vic", "shop", Role.VIEWER)
                        .post(variables, "act", "set")
                        .statusCode())
                .isEqualTo(403);
        assertThat(editor.post(
                                "/jobs",
                                "namespace",
                                "shop",
                                "name",
                                "wrong",
                                "task.type",
                                "noop",
                                "enabled",
                                "true",
                                "queue",
                                "default/default",
                                "locks",
                                "data-in when filse > 3")
                        .body())
                .contains("is no condition over the variables of shop/data-in", "filse");
    }

    @Test
    void what_the_ends_of_a_job_do_to_a_condition_is_said_in_its_form_and_shown_on_both_pages() {
        editor.submit(
                "/locks", "namespace", "shop", "name", "day-in", "type", "CONDITION", "variables", "day =\nfiles = 0");
        String[] form = {
            "namespace", "shop", "name", "loads", "task.type", "noop", "enabled", "true", "queue", "default/default"
        };
        assertThat(editor.submit("/jobs", with(form, "signals", "day-in day=\"<b> 2\"\nday-in on failure reset"))
                        .body())
                .contains("/locks/shop/day-in", "day=&lt;b&gt; 2", ">failure<", ">Reset<");
        assertThat(ok(editor.get("/jobs/shop/loads/edit")))
                .contains("day-in on SUCCESS SET day=&quot;&lt;b&gt; 2&quot;\nday-in on FAILURE RESET");
        assertThat(ok(editor.get("/locks/shop/day-in"))).contains("/jobs/shop/loads", "day=&lt;b&gt; 2", ">success<");
        form[3] = "wrong";
        HttpResponse<String> refused =
                editor.post("/jobs", with(form, "signals", "day-in files=many\nday-in on\nnowhere a=b\nday-in"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("is not understood: write the name of a condition", "day-in on");
        assertThat(editor.post("/jobs", with(form, "signals", "day-in files=many\nnowhere a=b\nday-in reset"))
                        .body())
                .contains("is a whole number", "there is no such condition", "conditions of namespace shop: day-in");
        assertThat(editor.post(
                                "/jobs",
                                with(with(form, "signals", "day-in files=3"), "locks", "day-in when files == 3"))
                        .body())
                .contains("would wait for a condition that only its own ends set", "shop/wrong; set it otherwise");
        form[1] = "hidden";
        assertThat(editor.post("/jobs", with(form, "signals", "shop/day-in RESET"))
                        .statusCode())
                .isNotEqualTo(200);
    }

    private static String[] with(String[] form, String name, String value) {
        String[] whole = Arrays.copyOf(form, form.length + 2);
        whole[form.length] = name;
        whole[form.length + 1] = value;
        return whole;
    }

    private static long run(String namespace, String job, String state, int predicted) {
        return yard.database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("""
                        WITH n AS (
                            INSERT INTO node (name, credential_hash, slots) SELECT 'worker-9', sha256('x'), 1
                            WHERE :state = 'RUNNING' RETURNING id)
                        INSERT INTO run (state, job_id, job_version, queue_id, cause, due_at, order_key, ready_at, blocked_reason,
                                         generation, session_id, node_id, offered_at, started_at, epoch, attempt, predicted_seconds)
                        SELECT :state, id, 1, queue_id, 'MANUAL', now(), 1, now(), CASE :state WHEN 'BLOCKED' THEN 'LOCK' END,
                               NULL, CASE :state WHEN 'RUNNING' THEN 1 END, (SELECT id FROM n),
                               CASE :state WHEN 'RUNNING' THEN now() END,
                               CASE :state WHEN 'RUNNING' THEN now() END, 1, 1, :predicted
                        FROM job WHERE namespace = :namespace AND name = :job RETURNING id
                        """)
                .bind("state", state)
                .bind("predicted", predicted)
                .bind("namespace", namespace)
                .bind("job", job)
                .mapTo(Long.class)
                .one());
    }

    private static void change(String sql, long lock, long run) {
        yard.database.useTransaction(transaction -> {
            Update update = transaction.sql().createUpdate(sql);
            Map.of("lock", lock, "run", run).forEach(update::bind);
            update.execute();
        });
    }

    private static void make(String namespace, String name, String type, String permits) {
        editor.post("/locks", "namespace", namespace, "name", name, "type", type, "permits", permits);
    }

    private static void job(String name, String locks) {
        editor.post(
                "/jobs",
                "namespace",
                "shop",
                "name",
                name,
                "task.type",
                "noop",
                "locks",
                locks,
                "enabled",
                "true",
                "queue",
                "default/default");
    }

    private static HttpResponse<String> edit(String name, String type, String permits) {
        Lock lock = find("shop", name).orElseThrow();
        return editor.post(
                "/locks/shop/" + name + "/edit",
                "version",
                Integer.toString(lock.version()),
                "type",
                type,
                "permits",
                permits);
    }

    private static Optional<Lock> find(String namespace, String name) {
        return yard.database.inTransaction(transaction -> new Locks().find(transaction, namespace, name));
    }
}
