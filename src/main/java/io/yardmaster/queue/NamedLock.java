package io.yardmaster.queue;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.Variables;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A lock as a job names it.
 *
 * @param name as {@code namespace/name}
 * @param permits of a semaphore; 1 of every other
 * @param variables of a condition; null of every other
 */
record NamedLock(long id, String name, String kind, int permits, Variables variables) {
    /** Index {@code lock_by_name}. Held, so that none of them is archived or made smaller meanwhile. */
    private static final String HOLD = """
            SELECT l.id, l.namespace || '/' || l.name AS name, l.kind, coalesce(l.permits, 1) AS permits, l.variables
            FROM unnest(:namespaces, :names) AS n (namespace, name)
            JOIN lock l ON l.namespace = n.namespace AND l.name = n.name AND l.archived_at IS NULL
            ORDER BY l.id FOR SHARE OF l
            """;

    /** Index {@code lock_by_name}. */
    private static final String LIKELY = """
            SELECT name FROM lock WHERE namespace = :namespace AND archived_at IS NULL AND (NOT :conditions OR kind = 'CONDITION')
            ORDER BY name LIMIT 5
            """;

    boolean isCondition() {
        return variables != null;
    }

    /** Holds those that there are of {@code fullNames}, each {@code namespace/name}, until the end of the transaction; by full name. */
    static Map<String, NamedLock> hold(Transaction transaction, Collection<String> fullNames) {
        return transaction
                .sql()
                .createQuery(HOLD)
                .bindNamedArgumentFinder(
                        Columns.of(fullNames.stream().distinct().toList())
                                .with("namespaces", String.class, NamedLock::namespace)
                                .with("names", String.class, full -> full.substring(full.indexOf('/') + 1)))
                .map((row, context) -> new NamedLock(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("kind"),
                        row.getInt("permits"),
                        Variables.ofColumn(row.getString("variables"))))
                .stream()
                .collect(Collectors.toMap(NamedLock::name, lock -> lock));
    }

    /** Where a lock is named, and how. */
    record Place(String field, String written, String fullName) {}

    /** Adds the problem that there is no such lock, or among {@code conditions} none. */
    static void addMissing(Transaction transaction, Place place, boolean conditions, Invalid.Problems problems) {
        String namespace = namespace(place.fullName());
        List<String> names = transaction
                .sql()
                .createQuery(LIKELY)
                .bind("namespace", namespace)
                .bind("conditions", conditions)
                .mapTo(String.class)
                .list();
        problems.add(
                place.field(),
                place.written(),
                conditions ? "invalid.condition" : "invalid.lock",
                namespace,
                names.isEmpty() ? "–" : String.join(", ", names));
    }

    private static String namespace(String fullName) {
        return fullName.substring(0, fullName.indexOf('/'));
    }
}
