package io.yardmaster.security;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import java.util.Map;
import java.util.Optional;

/** Signing in with name and password. */
public final class SignIn {
    private final Database database;
    private final Passwords passwords;

    public SignIn(Database database, Passwords passwords) {
        this.database = database;
        this.passwords = passwords;
    }

    /**
     * A new session.
     *
     * @param secret for the session's cookie
     * @param browser for the cookie by which the browser is known next time
     */
    public record Opened(String secret, String browser) {}

    /**
     * Opens a session. An unknown name, a wrong password and a disabled account look alike and take the same time.
     *
     * @return empty if it is refused
     * @throws TooManyGuesses if it was tried too often; nothing was checked
     * @throws Busy if too many passwords are being checked
     */
    public Optional<Opened> attempt(String name, String password, Browser from) {
        long guess = database.inTransaction(transaction -> Guesses.note(transaction, name, from));
        String hash = database.inTransaction(transaction -> hash(transaction, name));
        boolean fits = passwords.fits(password, hash);
        Optional<Opened> opened = database.inTransaction(transaction -> fits && isStill(transaction, name, hash)
                ? Optional.of(open(transaction, name, from, guess))
                : Optional.empty());
        return opened.isPresent() ? opened : refuse(name, from);
    }

    /** Whether {@code password} is that of {@code account}, asked again before something that matters. */
    public boolean confirm(Account account, String password, Browser from) {
        long guess = database.inTransaction(transaction -> Guesses.note(transaction, account.name(), from));
        boolean fits =
                passwords.fits(password, database.inTransaction(transaction -> hash(transaction, account.name())));
        if (fits) {
            database.useTransaction(transaction -> Guesses.forgive(transaction, guess));
        }
        return fits;
    }

    private static String hash(Transaction transaction, String name) {
        return transaction
                .sql()
                .createQuery("SELECT password_hash FROM account WHERE name = :name AND disabled_at IS NULL")
                .bind("name", name)
                .mapTo(String.class)
                .findOne()
                .orElse(null);
    }

    private static Opened open(Transaction transaction, String name, Browser from, long guess) {
        Account account = AccountReader.byName(transaction, name).orElseThrow();
        Guesses.forgive(transaction, guess);
        String secret = WebSessions.open(transaction, account.id());
        String token = known(transaction, account.id(), from);
        record(transaction, "account.sign-in", name, new Actor(name, from.address()));
        return new Opened(secret, token);
    }

    /** Whether the password is what was checked just now. Waits for a change under way and keeps others waiting. */
    private static boolean isStill(Transaction transaction, String name, String hash) {
        return transaction
                .sql()
                .createQuery("""
                        SELECT id FROM account
                        WHERE name = :name AND password_hash = :hash AND disabled_at IS NULL FOR SHARE""")
                .bind("name", name)
                .bind("hash", hash)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    /** The token by which the browser is known from now on. */
    private static String known(Transaction transaction, long account, Browser from) {
        String token = from.hash() == null ? RandomToken.next() : from.token();
        transaction
                .sql()
                .createUpdate("""
                        INSERT INTO known_browser (token_hash, account_id) VALUES (:hash, :account)
                        ON CONFLICT DO NOTHING""")
                .bind("hash", RandomToken.hash(token))
                .bind("account", account)
                .execute();
        return token;
    }

    /** What was typed as a name may be a password: it is kept only if it is the name of an account. */
    private Optional<Opened> refuse(String name, Browser from) {
        database.useTransaction(transaction -> {
            String known =
                    AccountReader.byName(transaction, name).map(Account::name).orElse("(unknown)");
            record(transaction, "account.sign-in.refused", known, new Actor("(nobody)", from.address()));
        });
        return Optional.empty();
    }

    private static void record(Transaction transaction, String action, String name, Actor by) {
        Audit.record(transaction, new AuditEntry(by, action, new Subject("account", null, name), Map.of()));
    }
}
