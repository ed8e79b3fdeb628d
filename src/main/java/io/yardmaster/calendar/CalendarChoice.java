package io.yardmaster.calendar;

import io.yardmaster.database.Names;
import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A calendar that schedules may follow, by its name alone. */
public record CalendarChoice(long id, String namespace, String name) {
    private static final String SELECT = "SELECT id, namespace, name FROM business_calendar ";

    private static final String BY_ID = SELECT + "WHERE id = :id";

    /** Index {@code business_calendar_by_name}. */
    private static final String BY_NAME = SELECT
            + "WHERE namespace = :namespace AND name = :name AND archived_at IS NULL AND (shared OR namespace = :to)";

    private static final String ALL = SELECT + """
            WHERE archived_at IS NULL AND (shared OR :everywhere OR namespace = ANY (:namespaces)) ORDER BY namespace, name
            """;

    /** As {@code namespace/name}, the way people say it. */
    public String fullName() {
        return namespace + "/" + name;
    }

    /** As a document of {@code home} names it: without the namespace if that is its own. */
    public String writtenIn(String home) {
        return namespace.equals(home) ? name : fullName();
    }

    /** The calendar with that id, archived or not, whoever asks. */
    public static Optional<CalendarChoice> find(Transaction transaction, long id) {
        return transaction
                .sql()
                .createQuery(BY_ID)
                .bind("id", id)
                .map((row, context) -> choice(row))
                .findOne();
    }

    /**
     * The calendar that schedules of {@code home} mean by {@code written}; empty if there is none for them.
     *
     * @param written {@code namespace/name}, or the name alone of one of its own
     */
    public static Optional<CalendarChoice> find(Transaction transaction, String home, String written) {
        int slash = written.indexOf('/');
        String namespace = slash < 0 ? home : written.substring(0, slash);
        String name = written.substring(slash + 1);
        if (!Names.arePossible(namespace, name)) {
            return Optional.empty();
        }
        return transaction
                .sql()
                .createQuery(BY_NAME)
                .bind("namespace", namespace)
                .bind("name", name)
                .bind("to", home)
                .map((row, context) -> choice(row))
                .findOne();
    }

    /**
     * Those of {@code namespaces} and the shared ones of others, by name.
     *
     * @param namespaces null for all
     */
    public static List<CalendarChoice> all(Transaction transaction, Set<String> namespaces) {
        return transaction
                .sql()
                .createQuery(ALL)
                .bind("everywhere", namespaces == null)
                .bindArray("namespaces", String.class, namespaces == null ? List.of() : List.copyOf(namespaces))
                .map((row, context) -> choice(row))
                .list();
    }

    private static CalendarChoice choice(ResultSet row) throws SQLException {
        return new CalendarChoice(row.getLong("id"), row.getString("namespace"), row.getString("name"));
    }
}
