package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Occurrences;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** When schedules were on, and by which timetable as it was then. Thread-safe. */
final class PastStretches {
    /**
     * Primary keys. A stretch still open reaches to where its timetable has been fired. What was settled before it began is not
     * due in it.
     */
    private static final String STRETCHES = """
            SELECT x.schedule_id, t.kind, t.expression, t.zone, t.gap, t.overlap, t.calendar_id, t.calendar_rule,
                   c.namespace || '/' || c.name AS calendar_name, x.calendar_version, x.from_at,
                   least(coalesce(x.through_at, m.fired_through), x.until_at) AS through_at,
                   ARRAY(SELECT d.nominal_at FROM timetable_settled d
                         WHERE d.timetable_id = x.timetable_id AND d.settled_at <= x.from_at
                         UNION SELECT d.nominal_at FROM schedule_settled d
                         WHERE d.schedule_id = x.schedule_id AND d.settled_at <= x.from_at) AS settled
            FROM schedule_stretch x JOIN timetable t ON t.id = x.timetable_id
            JOIN timetable_mark m ON m.timetable_id = t.id LEFT JOIN business_calendar c ON c.id = t.calendar_id
            WHERE x.schedule_id = ANY (:schedules) AND x.from_at < :through
                AND coalesce(x.through_at, m.fired_through) > :from
            """;

    private final KnownTimetables known = new KnownTimetables();

    /** By schedule, as much of them as is within (from, through]. */
    Map<Long, List<OnStretch>> of(Transaction transaction, List<Long> schedules, Instant from, Instant through) {
        return transaction
                .sql()
                .createQuery(STRETCHES)
                .bindArray("schedules", Long.class, schedules)
                .bind("from", from)
                .bind("through", through)
                .map((row, context) -> Map.entry(
                        row.getLong("schedule_id"), stretch(transaction, row).within(from, through)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private OnStretch stretch(Transaction transaction, ResultSet row) throws SQLException {
        DatedTimetable when = DatedTimetable.of(row);
        return new OnStretch(
                readable(transaction, when),
                when.timetable().moves(),
                Settled.read(row, "settled"),
                Timetables.instant(row, "from_at"),
                Timetables.instant(row, "through_at"));
    }

    /** Nothing is expected of what cannot be read, such as a zone that this Java does not know; firing reports it. */
    private Occurrences readable(Transaction transaction, DatedTimetable when) {
        return known.canRead(transaction, when) ? known.of(transaction, when) : Occurrences.NONE;
    }
}
