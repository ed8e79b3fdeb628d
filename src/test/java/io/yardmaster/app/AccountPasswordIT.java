package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.Program;
import io.yardmaster.audit.Actor;
import io.yardmaster.audit.AuditReader;
import io.yardmaster.audit.AuditReader.Search;
import io.yardmaster.audit.RecordedEntry;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Account;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.Browser;
import io.yardmaster.security.HashedPassword;
import io.yardmaster.security.Passwords;
import io.yardmaster.security.Role;
import io.yardmaster.security.SignIn;
import io.yardmaster.security.WebSessions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code yardmaster account password}: for those who have lost theirs. */
final class AccountPasswordIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final String LOST = "nine trains left at dawn";
    private static final String FRESH = "seven blue signals blink";
    private static final Passwords PASSWORDS = new Passwords();

    private static Database database;

    @TempDir
    Path directory;

    @BeforeAll
    static void add() {
        database = POSTGRES.database();
        Accounts accounts = new Accounts(PASSWORDS);
        HashedPassword lost = accounts.accept("ada", LOST);
        database.useTransaction(
                transaction -> accounts.add(transaction, "ada", lost, Map.of("*", Role.ADMIN), Actor.system("test")));
    }

    @Test
    void a_new_password_is_read_from_the_input_ends_sessions_and_is_audited() {
        String session = database.inTransaction(
                transaction -> WebSessions.open(transaction, account().id()));
        try (Program program = password("ada").type(FRESH + "\n")) {
            assertThat(program.awaitExit()).as(program::output).isZero();
            assertThat(program.output()).isEqualTo("changed the password of ada and ended its sessions\n");
        }
        assertThat(database.inTransaction(transaction -> WebSessions.find(transaction, session, true))
                        .isPresent())
                .isFalse();
        assertThat(opens(LOST)).isFalse();
        assertThat(opens(FRESH)).isTrue();
        List<RecordedEntry> entries = database.inTransaction(
                transaction -> AuditReader.find(transaction, new Search("account", null, "ada", null, 0), 10));
        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.action()).isEqualTo("account.password");
            assertThat(entry.actor().name()).isEqualTo("system:command");
        });
        assertThat(entries.toString()).doesNotContain(FRESH);
    }

    @Test
    void what_cannot_be_is_said_in_one_line_and_changes_nothing() {
        assertRefused("nobody", FRESH + "\n", "there is no account 'nobody'");
        assertRefused("ada", "short\n", "password: the password must have 12 to 128 characters; this has 5");
        assertRefused("ada", "", "no password was given: it is read from the first line of the input");
    }

    private void assertRefused(String name, String input, String why) {
        try (Program program = password(name).type(input)) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.output()).isEqualTo("yardmaster: " + why + "\n");
        }
    }

    private Program password(String name) {
        Map<String, String> environment = Map.of(
                "YARDMASTER_DATABASE_URL", POSTGRES.settings().url(),
                "YARDMASTER_DATABASE_USER", POSTGRES.settings().user(),
                "YARDMASTER_DATABASE_PASSWORD", POSTGRES.settings().password());
        return Program.smallWar(directory, environment, "account", "password", name);
    }

    private static Account account() {
        return database.inTransaction(transaction -> Accounts.find(transaction, "ada"))
                .orElseThrow();
    }

    private static boolean opens(String password) {
        return new SignIn(database, PASSWORDS)
                .attempt("ada", password, new Browser("192.0.2.1", null))
                .isPresent();
    }
}
