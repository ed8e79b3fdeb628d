package io.yardmaster.security;

import io.yardmaster.database.Transaction;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads accounts with their roles. */
final class AccountReader {
    private static final String ACCOUNTS = """
            SELECT id, name, zone, language, theme, disabled_at, created_at, version,
                   ARRAY(SELECT namespace || '=' || role FROM account_role WHERE account_id = account.id) AS roles
            FROM account
            """;

    private AccountReader() {}

    static Optional<Account> byId(Transaction transaction, long id) {
        return transaction
                .sql()
                .createQuery(ACCOUNTS + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> account(row))
                .findOne();
    }

    /** By the unique index account_by_name. */
    static Optional<Account> byName(Transaction transaction, String name) {
        return transaction
                .sql()
                .createQuery(ACCOUNTS + "WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> account(row))
                .findOne();
    }

    /** By name, those after {@code after}; the index account_by_name gives the order. */
    static List<Account> after(Transaction transaction, String after, int limit) {
        return transaction
                .sql()
                .createQuery(ACCOUNTS + "WHERE name > :after ORDER BY name LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> account(row))
                .list();
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getLong("id"),
                row.getString("name"),
                new Preferences(row.getString("zone"), row.getString("language"), row.getString("theme")),
                instant(row, "disabled_at"),
                instant(row, "created_at"),
                row.getInt("version"),
                roles(row.getArray("roles")));
    }

    private static Map<String, Role> roles(Array array) throws SQLException {
        Map<String, Role> roles = new TreeMap<>();
        for (String pair : (String[]) array.getArray()) {
            int equals = pair.indexOf('=');
            roles.put(pair.substring(0, equals), Role.valueOf(pair.substring(equals + 1)));
        }
        return roles;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
