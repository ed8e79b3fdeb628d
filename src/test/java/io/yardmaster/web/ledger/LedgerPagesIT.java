package io.yardmaster.web.ledger;

import static io.yardmaster.web.Browser.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.lock.Lock;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Ledger;
import io.yardmaster.trigger.LedgerCheck;
import io.yardmaster.trigger.LedgerEntries;
import io.yardmaster.trigger.LedgerList;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.trigger.SharedTimetable;
import io.yardmaster.web.Browser;
import io.yardmaster.web.WebServer;
import io.yardmaster.web.api.ApiServer;
import io.yardmaster.web.api.Cursor;
import io.yardmaster.web.health.LedgerHealthResource;
import io.yardmaster.web.run.Yard;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A schedule of shop that has missed ten minutes, and one run of which was deleted. */
final class LedgerPagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES =
            PostgresExtension.with(Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class);

    private static final Duration KEPT = Duration.ofDays(30);
    private static WebServer server;
    private static ApiServer api;
    private static long schedule;

    @BeforeAll
    static void serve() {
        Database database = POSTGRES.database();
        Schedules schedules = new Schedules(new RunQueue());
        Jobs jobs = new Jobs(List.of(schedules));
        Ledger ledger = new Ledger();
        server = WebServer.start(
                database,
                List.of(
                        new LedgerPages(database, new LedgerList(ledger, System::nanoTime), KEPT),
                        new LedgerHealthResource(database),
                        new LedgerEntryPages(database, jobs, schedules, new LedgerEntries(ledger), KEPT)));
        api = ApiServer.start(database);
        schedule = database.inTransaction(transaction -> {
            Yard yard = new Yard(transaction);
            yard.job("shop", "restock");
            return transaction.sql().createQuery("""
                    WITH t AS (INSERT INTO timetable (kind, expression, zone) VALUES ('CRON', '0 * * * * ?', 'UTC') RETURNING id),
                    m AS (INSERT INTO timetable_mark (timetable_id, fired_through) SELECT id, clock_timestamp() FROM t),
                    s AS (INSERT INTO schedule (job_id, timetable_id, name, effective_from)
                        SELECT j.id, t.id, 'minutely', now() - interval '1 day' FROM t, job j WHERE j.name = 'restock'
                        RETURNING id, timetable_id, job_id),
                    x AS (INSERT INTO schedule_stretch (schedule_id, timetable_id, from_at)
                        SELECT id, timetable_id, date_trunc('minute', now()) - interval '30 minutes' FROM s),
                    r AS (INSERT INTO run (state, job_id, job_version, queue_id, cause, schedule_id, nominal_at, due_at,
                            order_key, ready_at)
                        SELECT 'QUEUED', s.job_id, 1, j.queue_id, 'SCHEDULE', s.id, minute, minute, 1, minute
                        FROM s JOIN job j ON j.id = s.job_id, generate_series(date_trunc('minute', now()) - interval '29 minutes',
                            date_trunc('minute', now()), interval '1 minute') AS minute
                        WHERE minute NOT BETWEEN date_trunc('minute', now()) - interval '20 minutes'
                            AND date_trunc('minute', now()) - interval '11 minutes'
                          AND minute <> date_trunc('minute', now()) - interval '5 minutes')
                    INSERT INTO fire_range (schedule_id, from_at, through_at, instants, reason, detail)
                    SELECT id, date_trunc('minute', now()) - interval '20 minutes',
                        date_trunc('minute', now()) - interval '11 minutes', 10, 'MISSED', NULL FROM s
                    RETURNING schedule_id""").mapTo(Long.class).one();
        });
        while (new LedgerCheck(database, ledger).goOn()) {
            // the next batch
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        api.close();
    }

    @Test
    void the_overview_says_what_is_unaccounted_and_where() {
        String page = ok(viewer().get("/ledger"));
        assertThat(page)
                .contains("restock · minutely", "Unaccounted in the last hour", "1 instant is unaccounted")
                .contains("/jobs/shop/restock/schedules/" + schedule + "/ledger")
                .doesNotContain("style=", "??");
        assertThat(page).containsPattern("chip bad\">1<");
        assertThat(ok(viewer().get("/ledger?only=unaccounted&period=7d"))).contains("restock · minutely");
        assertThat(ok(viewer().get("/ledger?job=nothing-like-it"))).contains("Nothing found");
    }

    @Test
    void one_schedule_shows_its_ranges_between_its_runs_with_their_reasons() {
        String page = ok(viewer().get("/jobs/shop/restock/schedules/" + schedule + "/ledger"));
        List<String> found = Pattern.compile("<span class=\"chip (?:good|bad|warn)\">([A-Za-z]+)</span>")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(found).containsExactly("Runs", "Unaccounted", "Runs", "Missed", "Runs");
        assertThat(page)
                .contains("does not make up what was missed", "There is neither a run nor a reason.")
                .contains("action=\"/jobs/shop/restock/schedules/" + schedule + "/ledger\"");
    }

    @Test
    void the_api_tells_the_same() {
        JsonNode line = api.as("vic", "shop", Role.VIEWER)
                .get("/ledger?job=restock")
                .json()
                .at("/items/0");
        assertThat(line.get("expected").asLong()).isEqualTo(30);
        assertThat(line.get("runs").asLong()).isEqualTo(19);
        assertThat(line.get("missed").asLong()).isEqualTo(10);
        assertThat(line.get("unaccounted").asLong()).isEqualTo(1);
        JsonNode entries = api.as("vic", "shop", Role.VIEWER)
                .get("/jobs/shop/restock/schedules/minutely/ledger")
                .json()
                .get("items");
        assertThat(entries.findValuesAsText("what")).containsExactly("RUN", "UNACCOUNTED", "RUN", "MISSED", "RUN");
    }

    // S3
    @Test
    void who_may_not_view_the_namespace_learns_nothing_of_it() {
        Browser other = server.signedIn("otto", "other", Role.ADMIN);
        assertThat(ok(other.get("/ledger"))).doesNotContain("restock").contains("No schedule");
        assertThat(other.get("/jobs/shop/restock/schedules/" + schedule + "/ledger")
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.as("ute", "other", Role.ADMIN)
                        .get("/ledger?namespace=shop")
                        .json()
                        .get("items"))
                .isEmpty();
        assertThat(api.as("ute", "other", Role.ADMIN)
                        .get("/jobs/shop/restock/schedules/minutely/ledger")
                        .status())
                .isEqualTo(404);
        assertThat(api.stranger().get("/ledger").status()).isEqualTo(401);
    }

    @Test
    void the_health_check_fails_while_something_is_missing() {
        HttpResponse<String> answer = viewer().get("/health/ledger");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"unaccounted\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"period=1y", "since=yesterday", "since=2026-03-02T00:00&until=2026-03-01T00:00"})
    void a_period_that_means_nothing_is_refused(String query) {
        assertThat(viewer().get("/ledger?" + query).statusCode()).isEqualTo(422);
        assertThat(viewer().get("/jobs/shop/restock/schedules/" + schedule + "/ledger?" + query)
                        .statusCode())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"only=some", "job=%00", "after=shop", "before=yesterday"})
    void a_search_that_means_nothing_is_refused(String query) {
        HttpResponse<String> answer = viewer().get("/ledger?" + query);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("<div class=\"wrap\">" + query.replaceFirst("=.*", ": "));
    }

    @Test
    void the_api_tells_the_entries_a_page_at_a_time() {
        POSTGRES.database().useTransaction(transaction -> transaction.sql().execute("""
                WITH s AS (INSERT INTO schedule (job_id, timetable_id, name, effective_from)
                    SELECT job_id, timetable_id, 'paged', effective_from FROM schedule WHERE name = 'minutely' RETURNING id)
                INSERT INTO fire_range (schedule_id, from_at, through_at, instants, reason)
                SELECT id, date_trunc('minute', now()) - n * interval '3 minutes', date_trunc('minute', now()) - n * interval '3 minutes',
                    n, 'MISSED' FROM s, generate_series(1, 5) AS n"""));
        List<String> instants = new ArrayList<>();
        String path = "/jobs/shop/restock/schedules/paged/ledger?limit=2";
        String next = "";
        do {
            JsonNode page = api.as("vic", "shop", Role.VIEWER).get(path + next).json();
            instants.addAll(page.get("items").findValuesAsText("instants"));
            next = page.has("next") ? "&cursor=" + page.get("next").asText() : null;
        } while (next != null);
        assertThat(instants).containsExactly("1", "2", "3", "4", "5");
        assertThat(api.as("vic", "shop", Role.VIEWER)
                        .get(path + "&cursor=" + Cursor.of("ledger-entries", List.of("soon")))
                        .refusal())
                .isEqualTo("400 cursor");
    }

    @ParameterizedTest
    @CsvSource({
        "only=some, 422 only",
        "since=now, 422 since",
        "until=1970-01-01T00:00:00Z&since=2026-01-01T00:00:00Z, 422 until",
        "jbo=x, 400 jbo",
        "cursor=x, 400 cursor"
    })
    void the_api_names_what_it_refuses(String query, String refusal) {
        assertThat(api.as("vic", "shop", Role.VIEWER).get("/ledger?" + query).refusal())
                .isEqualTo(refusal);
    }

    private static Browser viewer() {
        return server.signedIn("vera", "shop", Role.VIEWER);
    }
}
