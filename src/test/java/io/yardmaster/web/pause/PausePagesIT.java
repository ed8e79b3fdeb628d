package io.yardmaster.web.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.web.Browser;
import io.yardmaster.web.job.JobYard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PausePagesIT {
    private static final String JOB = "/jobs/default/nightly";

    @RegisterExtension
    static final PostgresExtension POSTGRES = JobYard.postgres();

    private static JobYard yard;
    private static Browser admin;
    private static Browser operator;

    @BeforeAll
    static void start() {
        yard = new JobYard(POSTGRES.database());
        admin = yard.server.signedIn("ada", "*", Role.ADMIN);
        operator = yard.server.signedIn("oli", "default", Role.OPERATOR);
        yard.nightly(admin, "second", "* * * * * ?");
    }

    @AfterAll
    static void stop() {
        yard.close();
    }

    @Test
    void a_schedule_is_paused_with_a_reason_and_resumed_with_a_choice() {
        String path = JOB + "/schedules/" + schedule().id();
        assertThat(operator.get(path + "/pause").body()).contains("Pause default/nightly/second?", "Reason");
        assertThat(operator.submit(path + "/pause", "reason", "disk is <full>").body())
                .contains("default/nightly/second is paused.", path + "/resume");
        yard.database.useTransaction(transaction ->
                transaction.sql().execute("UPDATE schedule SET paused_from = clock_timestamp() - interval '36.5s'"));
        assertThat(operator.get("/pauses").body()).contains("disk is &lt;full&gt;", "second", "oli");
        assertThat(operator.get(path + "/resume").body())
                .containsPattern("3[67] instants were missed")
                .contains("by one schedule", "Latest only");
        assertThat(operator.post(path + "/resume", "missed", "SOME").statusCode())
                .isEqualTo(422);
        assertThat(operator.submit(path + "/resume", "missed", "LATEST").body()).contains("goes on");
        assertThat(schedule().pausedFrom()).isNotNull();
        assertThat(POSTGRES.count("schedule WHERE resume_with = 'LATEST'")).isEqualTo(1);
        assertThat(operator.post(path + "/resume", "missed", "LATEST").statusCode())
                .isEqualTo(409);
    }

    @Test
    void who_pauses_is_told_what_could_not_be_settled() {
        stand("Mars/Base");
        assertThat(operator.submit("/namespaces/default/pause", "reason", "").body())
                .contains("cannot be read here", "default/nightly/second");
        assertThat(operator.get("/namespaces/default/resume").body()).contains("Latest only");
        assertThat(operator.get(JOB).statusCode()).isEqualTo(200);
        assertThat(admin.get(JOB + "/schedules/" + schedule().id() + "/edit").body())
                .contains("Mars/Base");
        operator.submit("/namespaces/default/resume", "missed", "SKIP");
        stand("UTC");
    }

    /** Unpaused, in that zone. */
    private static void stand(String zone) {
        yard.database.useTransaction(transaction -> {
            transaction.sql().execute("UPDATE timetable SET zone = ?", zone);
            transaction.sql().execute("UPDATE schedule SET paused_from = NULL, resume_with = NULL");
        });
    }

    @Test
    void a_job_says_by_which_pause_it_is_held() {
        assertThat(operator.submit(JOB + "/pause", "reason", "month end").body())
                .contains("The schedules of this job are paused", "month end", JOB + "/resume");
        assertThat(operator.submit("/namespaces/default/pause", "reason", "audit")
                        .body())
                .contains("The schedules in default are paused.");
        assertThat(operator.get(JOB).body()).contains("The schedules in default are paused", "audit");
        operator.submit("/namespaces/default/resume", "missed", "SKIP");
        assertThat(operator.submit(JOB + "/resume", "missed", "SKIP").body())
                .doesNotContain("The schedules of this job are paused");
    }

    @Test
    void all_is_paused_by_administrators_of_all_alone() {
        assertThat(operator.get("/system/pause").statusCode()).isEqualTo(403);
        assertThat(operator.post("/system/pause", "reason", "no").statusCode()).isEqualTo(403);
        assertThat(admin.submit("/system/pause", "reason", "power works").body())
                .contains("All schedules are paused", "power works", "/system/resume");
        assertThat(operator.get(JOB).body()).contains("power works");
        assertThat(operator.get("/pauses").body()).contains("power works").doesNotContain("/system/resume");
        assertThat(admin.submit("/system/resume", "missed", "SKIP").body()).contains("Nothing is paused");
    }

    @Test
    void what_is_not_there_cannot_be_paused_and_a_reason_has_an_end() {
        assertThat(admin.post("/namespaces/nowhere/pause").statusCode()).isEqualTo(404);
        assertThat(admin.post(JOB + "/schedules/1/pause").statusCode()).isEqualTo(404);
        assertThat(admin.post(JOB + "/pause", "reason", "x".repeat(501)).body()).contains("at most 500 characters");
        assertThat(POSTGRES.count("pause WHERE reason LIKE 'xxx%'")).isZero();
    }

    private static Schedule schedule() {
        return yard.database.inTransaction(transaction -> yard.schedules
                .ofJob(
                        transaction,
                        yard.jobs.get(transaction, "default", "nightly").id())
                .get(0));
    }
}
