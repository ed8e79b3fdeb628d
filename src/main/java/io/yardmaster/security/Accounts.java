package io.yardmaster.security;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who may use Yardmaster, and as what. Every change is audited and ends the account's web sessions. */
public final class Accounts {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

    private final Passwords passwords;

    public Accounts(Passwords passwords) {
        this.passwords = passwords;
    }

    /**
     * Prepares the password of {@code name}. To be called while no transaction is open: it costs tens of milliseconds, and
     * seconds where many wait for their turn.
     *
     * @throws Invalid if the name or the password is not acceptable
     * @throws Busy if too many passwords are being hashed
     */
    public HashedPassword accept(String name, String password) {
        nameProblems(name).throwIfAny();
        PasswordRules.check(password, name);
        return new HashedPassword(passwords.hash(password));
    }

    /**
     * Adds an account.
     *
     * @param password null for one that uses the API only
     * @param roles by namespace, {@link Caller#EVERYWHERE} for all
     * @throws Invalid if the name is not acceptable or taken
     */
    public Account add(
            Transaction transaction, String name, HashedPassword password, Map<String, Role> roles, Actor by) {
        check(name, roles);
        int added = transaction
                .sql()
                .createUpdate("""
                        INSERT INTO account (name, password_hash) VALUES (:name, :hash)
                        ON CONFLICT (name) DO NOTHING""")
                .bind("name", name)
                .bind("hash", password == null ? null : password.hash())
                .execute();
        if (added == 0) {
            throw new Invalid("name", name, "invalid.name.taken.account");
        }
        Account account = AccountReader.byName(transaction, name).orElseThrow();
        Grants.add(transaction, account.id(), roles);
        record(transaction, "account.create", name, Map.of("roles", Grants.shown(roles)), by);
        return AccountReader.byId(transaction, account.id()).orElseThrow();
    }

    public static Optional<Account> find(Transaction transaction, String name) {
        return AccountReader.byName(transaction, name);
    }

    /** Namespaces in which the account has {@code permission} now, as {@link Caller#namespaces}; none if it is disabled. */
    public static Set<String> namespaces(Transaction transaction, String name, Permission permission) {
        return find(transaction, name)
                .filter(account -> !account.isDisabled())
                .map(account -> account.callerFrom(null).namespaces(permission))
                .orElse(Set.of());
    }

    /** Accounts by name, those after {@code after}, which may be empty. */
    public static List<Account> list(Transaction transaction, String after, int limit) {
        return AccountReader.after(transaction, after, limit);
    }

    public static boolean any(Transaction transaction) {
        return transaction
                .sql()
                .createQuery("SELECT EXISTS (SELECT FROM account)")
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Gives the account these roles and no others.
     *
     * @throws Conflict if nobody would be left to administer everything
     */
    public void setRoles(Transaction transaction, String name, Map<String, Role> roles, Actor by) {
        check(name, roles);
        Account before = locked(transaction, name);
        Grants.replace(transaction, before.id(), roles);
        changed(transaction, before.id());
        Map<String, Object> detail = Map.of("before", Grants.shown(before.roles()), "after", Grants.shown(roles));
        record(transaction, "account.roles", name, detail, by);
    }

    /**
     * Shuts an account out, at once and on all servers, or lets it in again.
     *
     * @throws Conflict if nobody would be left to administer everything
     */
    public void setDisabled(Transaction transaction, String name, boolean disabled, Actor by) {
        Account before = locked(transaction, name);
        transaction
                .sql()
                .createUpdate("""
                        UPDATE account SET disabled_at = CASE WHEN :disabled
                            THEN coalesce(disabled_at, clock_timestamp()) END
                        WHERE id = :id""")
                .bind("disabled", disabled)
                .bind("id", before.id())
                .execute();
        changed(transaction, before.id());
        record(transaction, disabled ? "account.disable" : "account.enable", name, Map.of(), by);
    }

    public void setPassword(Transaction transaction, String name, HashedPassword password, Actor by) {
        Account account = locked(transaction, name);
        transaction
                .sql()
                .createUpdate("UPDATE account SET password_hash = :hash WHERE id = :id")
                .bind("hash", password.hash())
                .bind("id", account.id())
                .execute();
        changed(transaction, account.id());
        record(transaction, "account.password", name, Map.of(), by);
    }

    /** How the account likes its console; nobody else's business, so neither audited nor ending sessions. */
    public static void setPreferences(Transaction transaction, long account, Preferences preferences) {
        transaction
                .sql()
                .createUpdate("UPDATE account SET zone = :zone, language = :language, theme = :theme WHERE id = :id")
                .bind("zone", preferences.zone())
                .bind("language", preferences.language())
                .bind("theme", preferences.theme())
                .bind("id", account)
                .execute();
    }

    /** Accounts are changed one after the other, so that two cannot take each other's last administrator away. */
    private static Account locked(Transaction transaction, String name) {
        transaction
                .sql()
                .createQuery("SELECT id FROM account ORDER BY id FOR NO KEY UPDATE")
                .mapTo(Long.class)
                .list();
        return AccountReader.byName(transaction, name).orElseThrow(() -> new Missing("account " + name));
    }

    private static void changed(Transaction transaction, long account) {
        transaction
                .sql()
                .createUpdate("UPDATE account SET version = version + 1 WHERE id = :id")
                .bind("id", account)
                .execute();
        WebSessions.endAll(transaction, account);
        Grants.refuseToLeaveNobody(transaction);
    }

    private static void check(String name, Map<String, Role> roles) {
        Invalid.Problems problems = nameProblems(name);
        Grants.check(roles, problems);
        problems.throwIfAny();
    }

    private static Invalid.Problems nameProblems(String name) {
        return new Invalid.Problems()
                .check(name != null && NAME.matcher(name).matches(), "name", name, "invalid.name.account");
    }

    private static void record(Transaction transaction, String action, String name, Map<String, ?> detail, Actor by) {
        Audit.record(transaction, new AuditEntry(by, action, new Subject("account", null, name), detail));
    }
}
