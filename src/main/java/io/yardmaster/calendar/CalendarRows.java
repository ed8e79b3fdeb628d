package io.yardmaster.calendar;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.StatementContext;

/** Calendars as they are stored. */
final class CalendarRows {
    private static final String SELECT = """
            SELECT c.id, c.namespace, c.name, c.description, c.shared, c.version, c.updated_at, c.archived_at, v.content
            FROM business_calendar c JOIN calendar_version v ON v.calendar_id = c.id AND v.version = c.version
            """;

    /** Index {@code business_calendar_by_name}. */
    private static final String BY_NAME =
            SELECT + "WHERE c.namespace = :namespace AND c.name = :name AND c.archived_at IS NULL";

    private static final String BY_ID = SELECT + "WHERE c.id = :id";

    private static final String LIST = SELECT + "WHERE c.archived_at IS NULL ORDER BY c.namespace, c.name";

    private static final String PAGE = SELECT + """
            WHERE c.archived_at IS NULL AND (:everywhere OR c.namespace = ANY (:namespaces))
                AND (c.namespace, c.name) > (:namespace, :name)
            ORDER BY c.namespace, c.name LIMIT :limit
            """;

    private static final String LOCK = "SELECT id FROM business_calendar WHERE id = :id FOR UPDATE";

    private static final String INSERT = """
            INSERT INTO business_calendar (namespace, name, description, shared)
            VALUES (:namespace, :name, :description, :shared) ON CONFLICT DO NOTHING RETURNING id
            """;

    private static final String UPDATE = """
            UPDATE business_calendar SET description = :description, shared = :shared, version = version + 1,
                updated_at = clock_timestamp()
            WHERE id = :id AND version = :version
            """;

    private static final String KEEP = """
            INSERT INTO calendar_version (calendar_id, version, content, made_by)
            VALUES (:calendar, :version, CAST(:content AS jsonb), :by)
            """;

    private static final String ARCHIVE = """
            UPDATE business_calendar SET archived_at = clock_timestamp(), updated_at = clock_timestamp() WHERE id = :id
            """;

    private CalendarRows() {}

    static Optional<NamedCalendar> find(Transaction transaction, String namespace, String name) {
        return transaction
                .sql()
                .createQuery(BY_NAME)
                .bind("namespace", namespace)
                .bind("name", name)
                .map(CalendarRows::calendar)
                .findOne();
    }

    static Optional<NamedCalendar> find(Transaction transaction, long id) {
        return transaction
                .sql()
                .createQuery(BY_ID)
                .bind("id", id)
                .map(CalendarRows::calendar)
                .findOne();
    }

    static List<NamedCalendar> list(Transaction transaction) {
        return transaction.sql().createQuery(LIST).map(CalendarRows::calendar).list();
    }

    static List<NamedCalendar> page(Transaction transaction, Set<String> namespaces, String after, int limit) {
        int slash = after.indexOf('/');
        return transaction
                .sql()
                .createQuery(PAGE)
                .bind("everywhere", namespaces == null)
                .bindArray("namespaces", String.class, namespaces == null ? List.of() : List.copyOf(namespaces))
                .bind("namespace", after.substring(0, Math.max(slash, 0)))
                .bind("name", after.substring(slash + 1))
                .bind("limit", limit)
                .map(CalendarRows::calendar)
                .list();
    }

    /** As it is now, and nobody changes it or begins to follow it before the transaction ends. */
    static Optional<NamedCalendar> lock(Transaction transaction, long id) {
        transaction.sql().createQuery(LOCK).bind("id", id).mapTo(Long.class).list();
        return find(transaction, id);
    }

    /** @throws Conflict if the name is taken */
    static long insert(Transaction transaction, CalendarDraft draft) {
        return transaction
                .sql()
                .createQuery(INSERT)
                .bind("namespace", draft.namespace())
                .bind("name", draft.name())
                .bind("description", draft.description())
                .bind("shared", draft.shared())
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> new Conflict("conflict.calendar.taken", draft.namespace() + "/" + draft.name()));
    }

    static void update(Transaction transaction, NamedCalendar calendar, CalendarDraft draft) {
        one(transaction
                .sql()
                .createUpdate(UPDATE)
                .bind("id", calendar.id())
                .bind("version", calendar.version())
                .bind("description", draft.description())
                .bind("shared", draft.shared())
                .execute());
    }

    /** Stores what a version says, for good. */
    static void keep(Transaction transaction, long calendar, int version, BusinessCalendar content, Actor by) {
        one(transaction
                .sql()
                .createUpdate(KEEP)
                .bind("calendar", calendar)
                .bind("version", version)
                .bind("content", CalendarJson.write(content))
                .bind("by", by.name())
                .execute());
    }

    static void archive(Transaction transaction, long id) {
        one(transaction.sql().createUpdate(ARCHIVE).bind("id", id).execute());
    }

    private static void one(int rows) {
        if (rows != 1) {
            throw new IllegalStateException(rows + " rows written in place of one: the calendar's lock was not held");
        }
    }

    private static NamedCalendar calendar(ResultSet row, StatementContext context) throws SQLException {
        CalendarDraft draft = new CalendarDraft(
                row.getString("namespace"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("shared"),
                CalendarJson.read(row.getString("content")));
        return new NamedCalendar(
                row.getLong("id"),
                row.getInt("version"),
                draft,
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getObject("archived_at") != null);
    }
}
