package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.web.Browser;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand runs wait at once, for one server with 256 MB of heap. */
@Tag("soak")
final class OverloadIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int SLOTS = 50;
    private static final List<String> PAGES = List.of("/", "/runs", "/queues", "/jobs", "/nodes");

    private static final String FILL = """
            INSERT INTO run (state, job_id, job_version, queue_id, cause, caused_by, due_at, order_key, ready_at)
            SELECT 'QUEUED', j.id, j.version, j.queue_id, 'MANUAL', 'soak', clock_timestamp(),
                   (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, clock_timestamp()
            FROM job j, generate_series(1, 100000) WHERE j.name = 'many'
            """;

    private static final String LEFT = "SELECT count(*) FROM (SELECT FROM run WHERE state = 'QUEUED' LIMIT 1) r";

    /** Milliseconds from the request until the start. */
    private static final String STARTS = """
            SELECT (extract(epoch FROM h.started_at - h.created_at) * 1000)::bigint
            FROM run_history h JOIN job j ON j.id = h.job_id WHERE j.name = 'urgent'
            """;

    @TempDir
    Path directory;

    // R19
    @Test
    void the_console_answers_and_urgent_runs_start_while_they_are_drained(Database database) {
        List<Long> pages = new ArrayList<>();
        try (Cluster cluster = new Cluster(directory, POSTGRES.settings(), 1, 1)) {
            cluster.startWorker(0, SLOTS);
            cluster.startWorker(1, SLOTS);
            await().atMost(Duration.ofSeconds(60)).until(() -> ClusterIT.count(database, ClusterIT.LIVE_NODES) == 2);
            prepare(cluster, database);
            Browser browser = Browser.signedIn(URI.create(cluster.urls()), database, "cluster-test");
            while (ClusterIT.count(database, LEFT) > 0) {
                assertThat(cluster.send("POST", "/api/v1/jobs/default/urgent/runs", "application/json", "{}")
                                .statusCode())
                        .isEqualTo(201);
                PAGES.forEach(page -> pages.add(look(browser, page)));
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> ClusterIT.count(database, "SELECT count(*) FROM run") < 5);
            assertThat(cluster.process("server-0").isAlive()).isTrue();
            assertThat(cluster.process("server-0").output()).doesNotContain(" ERROR ", "OutOfMemoryError");
        }
        List<Long> starts = database.inTransaction(transaction ->
                transaction.sql().createQuery(STARTS).mapTo(Long.class).list());
        System.out.printf(
                "100,000 runs waiting: pages p95 %d ms of %d, urgent runs started after at most %d ms of %d%n",
                p95(pages), pages.size(), Collections.max(starts), starts.size());
        assertThat(ClusterIT.rows(database, ClusterIT.NOT_SUCCEEDED)).isEmpty();
        assertThat(p95(pages)).isLessThanOrEqualTo(1000);
        assertThat(Collections.max(starts)).isLessThanOrEqualTo(2000);
    }

    private static void prepare(Cluster cluster, Database database) {
        cluster.put("/api/v1/queues/default/default", """
                {"kind": "queue", "namespace": "default", "name": "default", "policy": "PRIORITY"}
                """);
        cluster.put("/api/v1/jobs/default/many", """
                {"kind": "job", "namespace": "default", "name": "many", "task": {"type": "noop"}}
                """);
        cluster.put("/api/v1/jobs/default/urgent", """
                {"kind": "job", "namespace": "default", "name": "urgent", "priority": 50, "task": {"type": "noop"}}
                """);
        database.useTransaction(transaction -> {
            transaction.sql().execute("SET LOCAL statement_timeout = '60s'");
            assertThat(transaction.sql().execute(FILL)).isEqualTo(100_000);
        });
    }

    private static long look(Browser browser, String page) {
        long began = System.nanoTime();
        assertThat(browser.get(page).statusCode()).as(page).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    private static long p95(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        return sorted.get(sorted.size() * 95 / 100);
    }
}
