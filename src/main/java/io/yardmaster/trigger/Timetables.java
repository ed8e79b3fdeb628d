package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import io.yardmaster.timetable.Gap;
import io.yardmaster.timetable.Overlap;
import io.yardmaster.timetable.Timetable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.statement.SqlStatement;

/** The stored timetables: one for each distinct "when". */
final class Timetables {
    /** Index {@code timetable_by_when}. A rival's insert is waited for, and then found. */
    private static final String MAKE = """
            INSERT INTO timetable (kind, expression, zone, gap, overlap, owner_id, calendar_id, calendar_rule)
            VALUES (:kind, :expression, :zone, :gap, :overlap, :owner, :calendar, :rule) ON CONFLICT DO NOTHING
            """;

    private static final String FIND = """
            SELECT id FROM timetable
            WHERE kind = :kind AND expression = :expression AND zone = :zone
                AND coalesce(gap, '') = coalesce(:gap, '') AND coalesce(overlap, '') = coalesce(:overlap, '')
                AND coalesce(owner_id, 0) = coalesce(:owner, 0)
                AND coalesce(calendar_id, 0) = coalesce(:calendar, 0) AND coalesce(calendar_rule, '') = coalesce(:rule, '')
            """;

    private static final String MAKE_MARK = """
            INSERT INTO timetable_mark (timetable_id, fired_through) VALUES (:id, clock_timestamp()) ON CONFLICT DO NOTHING
            """;

    private Timetables() {}

    /**
     * The id of {@code timetable}, which is stored with a mark if it is new.
     *
     * @param schedule who asks, and has it alone if it is one that is never shared
     */
    static long findOrMake(Transaction transaction, Timetable timetable, long schedule) {
        Long owner = timetable.kind() == Timetable.Kind.DELAY ? schedule : null;
        bound(transaction.sql().createUpdate(MAKE), timetable, owner).execute();
        long id = bound(transaction.sql().createQuery(FIND), timetable, owner)
                .mapTo(Long.class)
                .one();
        transaction.sql().createUpdate(MAKE_MARK).bind("id", id).execute();
        return id;
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Timetable timetable, Long owner) {
        FollowedCalendar calendar = timetable.calendar();
        return statement
                .bind("calendar", calendar == null ? null : calendar.id())
                .bind("rule", calendar == null ? null : calendar.rule().name())
                .bind("kind", timetable.kind())
                .bind("expression", timetable.expression())
                .bind("zone", timetable.zone())
                .bind("gap", name(timetable.gap()))
                .bind("overlap", name(timetable.overlap()))
                .bind("owner", owner);
    }

    private static String name(Enum<?> rule) {
        return rule == null ? null : rule.name();
    }

    /** Reads kind, expression, zone, gap, overlap, calendar_id and calendar_rule. */
    static Timetable timetable(ResultSet row) throws SQLException {
        CalendarRule rule = rule(row);
        return plain(row).with(rule == null ? null : new FollowedCalendar(row.getLong("calendar_id"), rule));
    }

    /** Reads kind, expression, zone, gap and overlap. */
    static Timetable plain(ResultSet row) throws SQLException {
        String gap = row.getString("gap");
        String overlap = row.getString("overlap");
        return new Timetable(
                Timetable.Kind.valueOf(row.getString("kind")),
                row.getString("expression"),
                row.getString("zone"),
                gap == null ? null : Gap.valueOf(gap),
                overlap == null ? null : Overlap.valueOf(overlap));
    }

    /** Reads calendar_rule; null if the column is. */
    static CalendarRule rule(ResultSet row) throws SQLException {
        String rule = row.getString("calendar_rule");
        return rule == null ? null : CalendarRule.valueOf(rule);
    }

    /** Null if the column is. */
    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
