package io.yardmaster.security;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which role an account has where: by namespace, {@link Caller#EVERYWHERE} for all. */
final class Grants {
    private static final Pattern NAMESPACE = Pattern.compile("\\*|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Grants() {}

    /** Gives these roles to an account that has none. */
    static void add(Transaction transaction, long account, Map<String, Role> roles) {
        roles.forEach((namespace, role) -> transaction
                .sql()
                .createUpdate("INSERT INTO account_role (account_id, namespace, role) VALUES (:id, :namespace, :role)")
                .bind("id", account)
                .bind("namespace", namespace)
                .bind("role", role)
                .execute());
    }

    static void replace(Transaction transaction, long account, Map<String, Role> roles) {
        transaction
                .sql()
                .createUpdate("DELETE FROM account_role WHERE account_id = :id")
                .bind("id", account)
                .execute();
        add(transaction, account, roles);
    }

    /** @throws Conflict if no account may administer everything */
    static void refuseToLeaveNobody(Transaction transaction) {
        boolean administered =
                transaction.sql().createQuery("""
                        SELECT EXISTS (SELECT FROM account_role JOIN account ON account.id = account_id
                            WHERE namespace = '*' AND role = 'ADMIN' AND disabled_at IS NULL)""").mapTo(Boolean.class).one();
        if (!administered) {
            throw new Conflict("conflict.account.last");
        }
    }

    static void check(Map<String, Role> roles, Invalid.Problems problems) {
        roles.keySet()
                .forEach(namespace -> problems.check(
                        NAMESPACE.matcher(namespace).matches(), "namespace", namespace, "invalid.namespace.or-all"));
    }

    /** For the audit, in the order of namespaces. */
    static Map<String, String> shown(Map<String, Role> roles) {
        Map<String, String> shown = new TreeMap<>();
        roles.forEach((namespace, role) -> shown.put(namespace, role.name()));
        return shown;
    }
}
