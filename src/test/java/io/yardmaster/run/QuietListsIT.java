package io.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.yardmaster.audit.AuditReader;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Scans;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where those who ask for little do not pay for what others do much of. */
// R20
final class QuietListsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final String LONG_HISTORY = """
            WITH made AS (
                INSERT INTO job (namespace, name, queue_id, definition)
                SELECT namespace, 'one', (SELECT min(id) FROM queue), '{"task": {"type": "noop"}}'
                FROM unnest(ARRAY['loud', 'quiet']) AS n (namespace) RETURNING id, namespace, queue_id
            )
            INSERT INTO run_history (id, state, job_id, job_version, queue_id, cause, due_at, parameters, created_at,
                                     ended_at, epoch, attempt, attempts)
            SELECT id_floor(now()) + n, 'SUCCEEDED', made.id, 1, made.queue_id, 'SCHEDULE', now(), '{}', now(), now(), 1, 1,
                   '[]'
            FROM generate_series(1, 20000) n JOIN made ON (made.namespace = 'quiet') = (n <= 2)
            """;

    private static final String LONG_AUDIT = """
            INSERT INTO audit_entry (at, actor, action, subject_kind, subject, detail, previous_hash, hash)
            SELECT now(), CASE WHEN n <= 2 THEN 'rare' ELSE 'busy' END, 'job.update', 'job', 'one', '{}',
                   decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')
            FROM generate_series(1, 20000) n
            """;

    @BeforeAll
    static void fill() {
        POSTGRES.database().useTransaction(transaction -> {
            transaction.sql().execute(LONG_HISTORY);
            transaction.sql().execute(LONG_AUDIT);
        });
        POSTGRES.analyze();
    }

    @Test
    void runs_of_a_quiet_namespace_are_looked_up_by_their_jobs(Database database) {
        Scans.assertLooksUp(
                database,
                todaysPartOf("run_history_by_job"),
                transaction -> assertThat(
                                new Runs().list(transaction, RunFilter.any().in(Set.of("quiet")), Long.MAX_VALUE, 51))
                        .hasSize(2)
                        .isSortedAccordingTo((a, b) -> Long.compare(b.id(), a.id())));
    }

    @Test
    void what_a_bulk_act_finds_in_a_quiet_namespace_is_looked_up_by_its_jobs(Database database) {
        FoundRuns found = new FoundRuns();
        RunFilter quiet = RunFilter.any().in(Set.of("quiet"));
        Set<RunState> ended = Set.of(RunState.SUCCEEDED);
        FoundRuns.Range all = new FoundRuns.Range(0, Long.MAX_VALUE, 500);
        Scans.assertLooksUp(
                database,
                todaysPartOf("run_history_by_job"),
                transaction -> assertThat(found.count(transaction, quiet, Long.MAX_VALUE))
                        .containsExactly(entry(RunState.SUCCEEDED, 2)));
        Scans.assertLooksUp(
                database,
                todaysPartOf("run_history_by_job"),
                transaction -> assertThat(found.ids(transaction, quiet, ended, all))
                        .hasSize(2)
                        .isSorted());
    }

    @Test
    void what_a_rare_actor_did_is_looked_up_by_the_actor(Database database) {
        AuditReader.Search rare = new AuditReader.Search(null, null, null, "rare", 0);
        Scans.assertLooksUp(
                database,
                "audit_entry_by_actor",
                transaction ->
                        assertThat(AuditReader.find(transaction, rare, 50)).hasSize(2));
    }

    private static String todaysPartOf(String index) {
        return POSTGRES.database()
                .inTransaction(transaction -> transaction
                        .sql()
                        .createQuery("""
                        SELECT i.inhrelid::regclass::text FROM pg_inherits i JOIN pg_stat_all_indexes s
                            ON s.indexrelid = i.inhrelid
                        WHERE i.inhparent = CAST(:index AS regclass)
                          AND s.relname = 'run_history_' || to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD')
                        """)
                        .bind("index", index)
                        .mapTo(String.class)
                        .one());
    }
}
