package io.yardmaster.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When sessions and tokens end. Time passes by dating rows back, since the database's clock judges. */
final class SessionsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final String PASSWORD = "nine trains left at dawn";
    private static final String OTHER_PASSWORD = "seven blue signals blink";
    private static final Actor BY = Actor.system("test");
    private static final Passwords PASSWORDS = new Passwords();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Accounts ACCOUNTS = new Accounts(PASSWORDS);
    private static final HashedPassword HASHED = ACCOUNTS.accept("anybody", PASSWORD);
    private static final HashedPassword OTHER_HASHED = ACCOUNTS.accept("anybody", OTHER_PASSWORD);

    private final Database database = POSTGRES.database();
    private Account account;

    @BeforeEach
    void add() {
        String name = "account-" + COUNT.incrementAndGet();
        account = database.inTransaction(
                transaction -> ACCOUNTS.add(transaction, name, HASHED, Map.of("shop", Role.EDITOR), BY));
        database.useTransaction(transaction -> {
            if (Accounts.find(transaction, "root").isEmpty()) {
                ACCOUNTS.add(transaction, "root", null, Map.of("*", Role.ADMIN), BY);
            }
        });
    }

    // S6
    @Test
    void a_session_ends_after_thirty_minutes_without_activity() {
        String session = open();
        pass(session, "29 minutes 59 seconds");
        assertThat(lives(session, false)).isTrue();
        pass(session, "1 second");
        assertThat(lives(session, false)).isFalse();
        assertThat(lives(session, true)).isFalse();
    }

    // S6
    @Test
    void activity_keeps_a_session_and_a_page_that_refreshes_itself_does_not() {
        String session = open();
        pass(session, "20 minutes");
        assertThat(lives(session, true)).isTrue();
        pass(session, "20 minutes");
        assertThat(lives(session, false)).isTrue();
        pass(session, "10 minutes");
        assertThat(lives(session, true)).isFalse();
    }

    // S6
    @Test
    void a_session_ends_after_twelve_hours_however_active() {
        String session = open();
        for (int half = 0; half < 12 * 2; half++) {
            assertThat(lives(session, true)).as("after %d half hours", half).isTrue();
            pass(session, "29 minutes 59 seconds");
        }
        assertThat(lives(session, true)).as("after 11:59:36").isTrue();
        pass(session, "24 seconds");
        assertThat(lives(session, true)).isFalse();
    }

    @Test
    void ended_sessions_are_swept_and_no_others() {
        String idle = open();
        pass(idle, "30 minutes");
        String live = open();
        assertThat(database.inTransaction(WebSessions::sweep)).isPositive();
        assertThat(rows(idle)).isZero();
        assertThat(rows(live)).isOne();
    }

    // S6
    @Test
    void signing_out_ends_this_session_and_no_other() {
        String here = open();
        String there = open();
        database.useTransaction(transaction -> WebSessions.end(transaction, here));
        assertThat(lives(here, true)).isFalse();
        assertThat(lives(there, true)).isTrue();
    }

    // S6
    @Test
    void sessions_end_with_another_password_and_with_other_roles() {
        String before = open();
        database.useTransaction(transaction -> ACCOUNTS.setPassword(transaction, account.name(), OTHER_HASHED, BY));
        assertThat(lives(before, true)).isFalse();
        String after = open();
        database.useTransaction(
                transaction -> ACCOUNTS.setRoles(transaction, account.name(), Map.of("shop", Role.VIEWER), BY));
        assertThat(lives(after, true)).isFalse();
    }

    // S6
    @Test
    void disabling_ends_sessions_and_stops_tokens_and_enabling_revives_no_session() {
        String session = open();
        String token =
                database.inTransaction(transaction -> ApiTokens.issue(transaction, account, "pipeline", null, BY));
        assertThat(works(token)).isTrue();
        setDisabled(true);
        assertThat(lives(session, true)).isFalse();
        assertThat(works(token)).isFalse();
        assertThat(attempt(PASSWORD)).isFalse();
        setDisabled(false);
        assertThat(lives(session, true)).isFalse();
        assertThat(works(token)).isTrue();
    }

    // S6
    @Test
    void one_who_signs_in_while_the_password_changes_does_not_get_in_with_the_old_one() {
        CompletableFuture<Boolean> late = database.inTransaction(transaction -> {
            ACCOUNTS.setPassword(transaction, account.name(), OTHER_HASHED, BY);
            CompletableFuture<Boolean> attempt = CompletableFuture.supplyAsync(() -> attempt(PASSWORD));
            await().until(() -> attempt.isDone() || isAwaited());
            return attempt;
        });
        assertThat(late.join()).isFalse();
        assertThat(database.<Integer>inTransaction(transaction -> transaction
                        .sql()
                        .createQuery("SELECT count(*) FROM web_session WHERE account_id = :id")
                        .bind("id", account.id())
                        .mapTo(Integer.class)
                        .one()))
                .isZero();
        assertThat(attempt(OTHER_PASSWORD)).isTrue();
    }

    private boolean attempt(String password) {
        return new SignIn(database, PASSWORDS)
                .attempt(account.name(), password, new Browser("192.0.2.1", null))
                .isPresent();
    }

    private void setDisabled(boolean disabled) {
        database.useTransaction(transaction -> ACCOUNTS.setDisabled(transaction, account.name(), disabled, BY));
    }

    /** Whether somebody waits for a row that another holds. */
    private boolean isAwaited() {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                .mapTo(Boolean.class)
                .one());
    }

    private String open() {
        return database.inTransaction(transaction -> WebSessions.open(transaction, account.id()));
    }

    private boolean lives(String session, boolean activity) {
        return database.inTransaction(transaction -> WebSessions.find(transaction, session, activity))
                .isPresent();
    }

    private boolean works(String token) {
        return database.inTransaction(transaction -> ApiTokens.find(transaction, token))
                .isPresent();
    }

    private void pass(String session, String time) {
        int aged = database.inTransaction(transaction -> transaction
                .sql()
                .createUpdate("""
                        UPDATE web_session SET seen_at = seen_at - CAST(:time AS interval),
                            created_at = created_at - CAST(:time AS interval)
                        WHERE token_hash = :hash""")
                .bind("time", time)
                .bind("hash", RandomToken.hash(session))
                .execute());
        assertThat(aged).isOne();
    }

    private int rows(String session) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT count(*) FROM web_session WHERE token_hash = :hash")
                .bind("hash", RandomToken.hash(session))
                .mapTo(Integer.class)
                .one());
    }
}
