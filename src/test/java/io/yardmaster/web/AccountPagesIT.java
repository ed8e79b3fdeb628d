package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.Passwords;
import io.yardmaster.security.Role;
import io.yardmaster.web.account.AccountPages;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AccountPagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    /** Whose passwords come before ours: some hundred milliseconds of work at the least. */
    private static final int OTHERS = 8;

    private static final Executor ELSEWHERE = work -> new Thread(work).start();

    private static final Passwords PASSWORDS = new Passwords();

    private static WebServer server;

    @BeforeAll
    static void start() {
        Database database = POSTGRES.database();
        server = WebServer.start(database, List.of(new AccountPages(database, new Accounts(PASSWORDS))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_administrator_adds_an_account() {
        Browser admin = server.signedIn("ada", "*", Role.ADMIN);
        HttpResponse<String> form = admin.get("/accounts/new");
        assertThat(form.body()).contains("name=\"namespace\"");
        assertThat(form.statusCode()).isEqualTo(200);
        HttpResponse<String> shown =
                admin.submit("/accounts", "name", "grace", "password", "", "namespace", "shop", "role", "EDITOR");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("The account grace was added.", "value=\"shop\"");
        assertThat(admin.get("/accounts").body())
                .contains("grace", "in shop")
                .doesNotContain("The account grace was added.");
    }

    // S8: those who wait for their turn to hash hold no connection that others need
    @Test
    void no_transaction_is_open_while_a_password_is_hashed() {
        Browser admin = server.signedIn("ada", "*", Role.ADMIN);
        assertThat(admin.get("/accounts").statusCode()).isEqualTo(200);
        List<CompletableFuture<String>> before = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> PASSWORDS.hash("somebody else's"), ELSEWHERE))
                .limit(OTHERS)
                .toList();
        CompletableFuture<Integer> added = CompletableFuture.supplyAsync(
                () -> admin.post("/accounts", "name", "hashed", "password", WebServer.PASSWORD, "role", "VIEWER")
                        .statusCode(),
                ELSEWHERE);
        int idle = 0;
        while (!added.isDone()) {
            idle = Math.max(idle, waitingInTransaction());
        }
        assertThat(added.join()).isEqualTo(303);
        assertThat(before).allMatch(CompletableFuture::isDone);
        assertThat(idle).isZero();
    }

    private static int waitingInTransaction() {
        return POSTGRES.database()
                .inTransaction(transaction ->
                        transaction.sql().createQuery("""
                        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                          AND state = 'idle in transaction' AND state_change < clock_timestamp() - interval '200 ms'
                        """).mapTo(Integer.class).one());
    }

    @Test
    void a_refused_account_is_explained_beside_its_field_and_what_was_typed_stays() {
        Browser admin = server.signedIn("ada", "*", Role.ADMIN);
        HttpResponse<String> answer = admin.submit("/accounts", "name", "Not <b>so</b>", "password", "");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("begins with a letter or digit", "Not &lt;b&gt;so&lt;/b&gt;")
                .doesNotContain("<b>so");
    }
}
