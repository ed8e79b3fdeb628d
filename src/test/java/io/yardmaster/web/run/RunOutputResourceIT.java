package io.yardmaster.web.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.lock.Lock;
import io.yardmaster.queue.Queue;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.SharedTimetable;
import io.yardmaster.web.api.ApiClient;
import io.yardmaster.web.api.ApiClient.Reply;
import io.yardmaster.web.api.ApiServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunOutputResourceIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES =
            PostgresExtension.with(Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class);

    private static ApiServer server;
    private static ApiClient viewer;
    private static long session;
    private static long job;

    @BeforeAll
    static void serve() {
        server = ApiServer.start(POSTGRES.database());
        viewer = server.as("vic", "shop", Role.VIEWER);
        POSTGRES.database().useTransaction(transaction -> {
            Yard yard = new Yard(transaction);
            session = yard.node("mill", 100, 0.5);
            job = yard.job("shop", "printing");
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // R17
    @Test
    void every_byte_comes_back_whatever_it_is_and_however_it_is_cut() {
        byte[] all = new byte[2000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i * 7);
        }
        String path = printed(Arrays.copyOf(all, 900), Arrays.copyOfRange(all, 900, 2000));
        assertThat(viewer.get(path).bytes()).isEqualTo(all);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        long from = 0;
        int pages = 0;
        while (from < all.length) {
            Reply page = viewer.get(path + "?limit=300&from=" + from);
            read.writeBytes(page.bytes());
            assertThat(page.header("Yardmaster-Total")).isEqualTo("2000");
            from = Long.parseLong(page.header("Yardmaster-Next"));
            pages++;
        }
        assertThat(pages).isEqualTo(7);
        assertThat(read.toByteArray()).isEqualTo(all);
    }

    @Test
    void text_is_found_wherever_it_stands() {
        String path = printed(
                "one Nee".getBytes(StandardCharsets.UTF_8), "dle\ntwo needles\n".getBytes(StandardCharsets.UTF_8));
        assertThat(viewer.get(path + "/search?text=needle").text())
                .isEqualTo("{\"places\":[{\"offset\":4,\"around\":\"one Needle\"},"
                        + "{\"offset\":15,\"around\":\"two needles\"}],\"next\":23,\"total\":23}");
        assertThat(viewer.get(path + "/search?text=needle&exactly=true&from=3").text())
                .contains("\"places\":[{\"offset\":15,");
        assertThat(viewer.get(path + "/search?text=needle&limit=1").text()).contains("\"next\":10,");
        Reply wrong = viewer.get(path + "/search?exactly=perhaps&limit=0");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("perhaps", "limit");
        assertThat(viewer.get(path + "/search").text()).contains("\"field\":\"text\"");
    }

    // S5
    @Test
    void no_browser_takes_output_for_a_page() {
        Reply page = viewer.get(printed("<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)));
        assertThat(page.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Content-Disposition")).startsWith("attachment;");
    }

    @Test
    void what_is_not_yet_printed_is_an_empty_page_to_ask_again_from() {
        String path = printed("done".getBytes(StandardCharsets.UTF_8));
        for (String from : new String[] {"4", "5", "9223372036854775807"}) {
            Reply page = viewer.get(path + "?from=" + from);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            assertThat(page.bytes()).isEmpty();
            assertThat(page.header("Yardmaster-Next")).isEqualTo(from);
            assertThat(page.header("Yardmaster-Total")).isEqualTo("4");
        }
    }

    @Test
    void a_gap_is_counted_and_passed_over() {
        long run = running();
        POSTGRES.database().useTransaction(transaction -> {
            Yard yard = new Yard(transaction);
            yard.print(run, 0, "begin".getBytes(StandardCharsets.UTF_8));
            yard.gap(run, 5, 5_000_000);
            yard.print(run, 5_000_005, "end".getBytes(StandardCharsets.UTF_8));
        });
        Reply page = viewer.get("/runs/" + run + "/output?from=2");
        assertThat(page.header("Yardmaster-Total")).isEqualTo("5000008");
        assertThat(page.header("Yardmaster-Next")).isEqualTo("5000008");
        assertThat(page.text()).startsWith("gin").endsWith("end").hasSizeLessThan(200);
    }

    @Test
    void each_offer_has_its_own_output_and_the_latest_is_what_is_shown() {
        long run = running();
        POSTGRES.database().useTransaction(transaction -> {
            new Yard(transaction).print(run, 0, "first".getBytes(StandardCharsets.UTF_8));
            transaction.sql().execute("UPDATE run SET epoch = 2, attempt = 2 WHERE id = ?", run);
            transaction
                    .sql()
                    .execute(
                            "INSERT INTO output_chunk (run_id, epoch, start_byte, bytes) VALUES (?, 2, 0, 'second')",
                            run);
        });
        String path = "/runs/" + run + "/output";
        assertThat(viewer.get(path).text()).isEqualTo("second");
        assertThat(viewer.get(path).header("Yardmaster-Epoch")).isEqualTo("2");
        assertThat(viewer.get(path + "?epoch=1").text()).isEqualTo("first");
        assertThat(viewer.get(path + "?epoch=3").bytes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "from=-1, 422 from",
        "from=9223372036854775808, 422 from",
        "from=%2B1, 422 from",
        "from=, 422 from",
        "epoch=0, 422 epoch",
        "limit=0, 422 limit",
        "limit=4194305, 422 limit",
        "from=x&epoch=x&limit=x, 422 from epoch limit",
        "form=1, 400 form",
        "cursor=1, 400 cursor",
        "from=%00, 400 from",
    })
    void a_wrong_place_is_refused_by_name(String query, String refusal) {
        Reply refused = viewer.get(printed(new byte[1]) + "?" + query);
        assertThat(refused.refusal()).as(refused.text()).isEqualTo(refusal);
    }

    // S3
    @Test
    void output_of_another_namespace_is_as_if_it_were_not() {
        String path = printed("secret".getBytes(StandardCharsets.UTF_8));
        ApiClient other = server.as("ute", "bakery", Role.ADMIN);
        Reply there = other.get(path);
        assertThat(there.status()).isEqualTo(404);
        String run = path.replaceAll("\\D", "");
        assertThat(there.json().get("detail").asText().replace(run, "1"))
                .isEqualTo(other.get("/runs/1/output").json().get("detail").asText());
        assertThat(server.stranger().get(path).status()).isEqualTo(401);
        assertThat(viewer.get("/runs/1/output").status()).isEqualTo(404);
        assertThat(viewer.get("/runs/x/output").status()).isEqualTo(404);
    }

    @Test
    void output_is_read_and_nothing_else() {
        String path = printed(new byte[1]);
        for (Reply refused : new Reply[] {viewer.post(path, "{}"), viewer.delete(path), viewer.putJson(path, "{}")}) {
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("Allow")).contains("GET");
        }
    }

    private static long running() {
        return POSTGRES.database().inTransaction(transaction -> new Yard(transaction).running(job, session));
    }

    /** The address of the output of a new run, which came in these chunks. */
    private static String printed(byte[]... chunks) {
        long run = running();
        POSTGRES.database().useTransaction(transaction -> {
            long start = 0;
            for (byte[] chunk : chunks) {
                new Yard(transaction).print(run, start, chunk);
                start += chunk.length;
            }
        });
        return "/runs/" + run + "/output";
    }
}
