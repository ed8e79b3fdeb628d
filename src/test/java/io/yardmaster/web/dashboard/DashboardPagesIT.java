package io.yardmaster.web.dashboard;

import static io.yardmaster.web.Browser.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.node.NodeList;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import io.yardmaster.security.Role;
import io.yardmaster.web.WebServer;
import io.yardmaster.web.node.NodeLines;
import io.yardmaster.web.run.Yard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DashboardPagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static WebServer server;

    @BeforeAll
    static void start() {
        Database database = POSTGRES.database();
        NodeLines nodes = new NodeLines(new NodeList(), Duration.ofSeconds(20));
        server = WebServer.start(database, List.of(new DashboardPages(database, new Runs(), nodes)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void an_empty_yard_says_what_to_do_first() {
        assertThat(ok(server.signedIn("ada", "*", Role.ADMIN).get("/")))
                .contains("No node has joined yet", "There is no job yet", "href=\"/nodes/join\"", "href=\"/jobs/new\"")
                .contains("No run has ended in this time.", "Nothing has failed")
                .doesNotContain("style=", "??");
        assertThat(ok(server.signedIn("vera", "shop", Role.VIEWER).get("/")))
                .contains("No node has joined yet")
                .doesNotContain("href=\"/nodes/join\"", "href=\"/jobs/new\"");
    }

    @Test
    @Order(2)
    void a_busy_yard_shows_its_figures_failures_fires_and_nodes() {
        POSTGRES.database().useTransaction(DashboardPagesIT::fill);
        String page = ok(server.signedIn("ada", "*", Role.ADMIN).get("/"));
        assertThat(figures(page)).containsExactly("1", "2", "0", "1");
        assertThat(page)
                .contains("disk is full &lt;script&gt;", "mill-1", "1 of 4 slots", "every-morning-job", "0 0 6 * * ?")
                .contains("class=\"failed\"", "0 succeeded, 1 failed or ended unknown, 0 ended otherwise.")
                .doesNotContain("<script>alert", "No node has joined yet", "There is no job yet");
    }

    // S3
    @Test
    @Order(3)
    void who_may_not_view_a_namespace_is_told_nothing_of_it() {
        String page = ok(server.signedIn("otto", "other", Role.ADMIN).get("/"));
        assertThat(figures(page)).containsExactly("0", "0", "0", "0");
        assertThat(page).doesNotContain("breaks", "every-morning-job", "disk is full");
    }

    @Test
    @Order(4)
    void its_parts_come_alone_for_a_page_that_refreshes_itself() {
        var ada = server.signedIn("ada", "*", Role.ADMIN);
        assertThat(ok(ada.get("/dashboard/now")))
                .contains("id=\"now\"", "chart-hour")
                .doesNotContain("<html");
        assertThat(ok(ada.get("/dashboard/day")))
                .contains("id=\"day\"", "chart-day")
                .doesNotContain("<html");
    }

    @Test
    @Order(5)
    void throughput_has_a_bucket_for_every_step_and_ends_now() {
        var buckets = POSTGRES.database()
                .inTransaction(transaction -> Throughput.read(transaction, Set.of("*"), Duration.ofMinutes(30), 48));
        assertThat(buckets).hasSize(48);
        assertThat(buckets.stream().mapToLong(Throughput.Bucket::failed).sum()).isEqualTo(1);
        assertThat(buckets.get(47).start())
                .isBefore(Instant.now())
                .isAfter(Instant.now().minusSeconds(3600));
    }

    @Test
    @Order(6)
    void the_latest_failure_is_the_one_that_ended_last() {
        POSTGRES.database().useTransaction(transaction -> {
            Yard yard = new Yard(transaction);
            long session = yard.node("mill-2", 4, 0.5);
            long job = yard.job("late", "breaks-later");
            long begunFirst = yard.running(job, session);
            long begunLast = yard.running(job, session);
            fail(transaction, begunLast, "ended first");
            fail(transaction, begunFirst, "ended last");
        });
        String page = ok(server.signedIn("lea", "late", Role.VIEWER).get("/"));
        assertThat(page.indexOf("ended last")).isPositive().isLessThan(page.indexOf("ended first"));
    }

    @Test
    @Order(7)
    void instants_without_run_or_reason_are_told_on_top() {
        var ada = server.signedIn("ada", "*", Role.ADMIN);
        assertThat(ok(ada.get("/"))).doesNotContain("without a run or a reason");
        POSTGRES.database().useTransaction(transaction -> transaction.sql().execute("""
                INSERT INTO unaccounted (schedule_id, from_at, through_at, instants)
                SELECT id, clock_timestamp(), clock_timestamp(), 3 FROM schedule"""));
        assertThat(ok(ada.get("/")))
                .contains("One schedule has instants without a run or a reason", "3 instants in the last hour")
                .contains("href=\"/ledger\"");
        assertThat(ok(server.signedIn("otto", "other", Role.ADMIN).get("/")))
                .doesNotContain("without a run or a reason");
    }

    private static void fail(Transaction transaction, long run, String message) {
        Yard.ends()
                .end(
                        transaction,
                        List.of(new AttemptEnd(run, 1, RunState.FAILED, 1, message, null, null, Instant.now())));
    }

    private static void fill(Transaction transaction) {
        Yard yard = new Yard(transaction);
        long session = yard.node("mill-1", 4, 0.5);
        long job = yard.job("shop", "breaks");
        yard.running(job, session);
        yard.queued(job);
        yard.queued(job);
        long failed = yard.running(job, session);
        Yard.ends()
                .end(
                        transaction,
                        List.of(new AttemptEnd(
                                failed,
                                1,
                                RunState.FAILED,
                                1,
                                "disk is full <script>alert(1)</script>",
                                null,
                                null,
                                Instant.now())));
        long canary = yard.job("system", "canary");
        transaction.sql().execute("UPDATE job SET queue_id = ? WHERE id = ?", yard.queue("system", "canary"), canary);
        yard.queued(canary);
        long broken = yard.running(canary, session);
        Yard.ends()
                .end(
                        transaction,
                        List.of(new AttemptEnd(broken, 1, RunState.FAILED, 1, null, null, null, Instant.now())));
        transaction.sql().execute("""
                WITH t AS (INSERT INTO timetable (kind, expression, zone) VALUES ('CRON', '0 0 6 * * ?', 'UTC') RETURNING id),
                m AS (INSERT INTO timetable_mark (timetable_id, fired_through, next_due)
                      SELECT id, clock_timestamp(), clock_timestamp() + interval '1 h' FROM t)
                INSERT INTO schedule (job_id, timetable_id, name, effective_from)
                SELECT ?, id, 's', clock_timestamp() FROM t""", yard.job("shop", "every-morning-job"));
    }

    private static List<String> figures(String page) {
        return java.util.regex.Pattern.compile("<strong>([0-9,]+)</strong> <span")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
