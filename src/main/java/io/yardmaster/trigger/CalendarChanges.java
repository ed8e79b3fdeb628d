package io.yardmaster.trigger;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.CalendarDifference;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import io.yardmaster.timetable.Timetable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which coming fires another calendar would change.
 *
 * @param fires by nominal instant
 * @param whole whether these are all of the next {@link #AHEAD}
 */
public record CalendarChanges(List<ChangedFire> fires, boolean whole) {
    private static final Logger LOG = LoggerFactory.getLogger(CalendarChanges.class);

    /** How far ahead is looked. */
    public static final Duration AHEAD = Duration.ofDays(30);

    /** Instants looked at for each timetable. */
    private static final int MOST = 5_000;
    /** For all of them: a transaction must not be busy elsewhere for long. */
    private static final Duration LONGEST = Duration.ofMillis(1500);

    /** Indexes {@code timetable_by_calendar}, {@code schedule_to_fire}; primary keys. */
    private static final String FOLLOWED = """
            SELECT t.kind, t.expression, t.zone, t.gap, t.overlap, t.calendar_id, t.calendar_rule, min(s.begun_at) AS begun_at, %s, %s,
                   string_agg(s.said, ', ' ORDER BY s.said) FILTER (WHERE place <= 5) AS schedules, count(*) AS number
            FROM timetable t JOIN (
                SELECT timetable_id, j.namespace || '/' || j.name || ' (' || s.name || ')' AS said,
                       (SELECT min(x.from_at) FROM schedule_stretch x WHERE x.schedule_id = s.id) AS begun_at,
                       row_number() OVER (PARTITION BY timetable_id ORDER BY j.namespace, j.name, s.name) AS place
                FROM schedule s JOIN job j ON j.id = s.job_id
                WHERE s.disabled_at IS NULL AND s.archived_at IS NULL AND j.disabled_at IS NULL
                    AND s.timetable_id IN (SELECT id FROM timetable WHERE calendar_id = :calendar)) s ON s.timetable_id = t.id
            WHERE t.calendar_id = :calendar GROUP BY t.id ORDER BY t.id
            """.formatted(Settled.OF_TIMETABLE, OvertakenInstants.OF_TIMETABLE);

    /**
     * One fire that changes.
     *
     * @param schedules whose, as {@code namespace/job (schedule)}: the first five of them
     * @param number how many schedules
     * @param nominal the instant by the expression
     * @param before when it would be due; null if the calendar leaves it out, or has it in a past in which nobody had it
     * @param after when it will be due; null if the calendar leaves it out, or would have it in the past
     */
    public record ChangedFire(String schedules, int number, Instant nominal, Instant before, Instant after) {}

    private record Followed(
            Timetable timetable,
            String schedules,
            int number,
            Instant begun,
            Set<Instant> settled,
            Set<Instant> overtaken) {
        static Followed of(ResultSet row) throws SQLException {
            return new Followed(
                    Timetables.timetable(row),
                    row.getString("schedules"),
                    row.getInt("number"),
                    Timetables.instant(row, "begun_at"),
                    Settled.read(row, "settled"),
                    Settled.read(row, "overtaken"));
        }

        /** What was due when nobody was there to have it, or never came as a change overtook it, can come yet. */
        Instant had(Instant nominal, Instant before, Instant now) {
            boolean past = before != null && !before.isAfter(now);
            boolean nobodys = overtaken.contains(nominal) || begun == null || (past && !before.isAfter(begun));
            return past && nobodys ? null : before;
        }
    }

    /**
     * Costs a second or two at most.
     *
     * @param before what the calendar says
     * @param next what it would say
     * @param limit how many are told
     */
    public static CalendarChanges of(
            Transaction transaction, long calendar, BusinessCalendar before, BusinessCalendar next, int limit) {
        Instant now = transaction.now();
        List<Followed> followed = transaction
                .sql()
                .createQuery(FOLLOWED)
                .bind("calendar", calendar)
                .map((row, context) -> Followed.of(row))
                .list();
        CalendarDifference difference = new CalendarDifference(before, next, now, now.plus(AHEAD));
        List<ChangedFire> changed = new ArrayList<>();
        boolean whole = true;
        long begun = System.nanoTime();
        for (Followed one : followed) {
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                whole = false;
                break;
            }
            try {
                Occurrences was = one.timetable.occurrences(before);
                Occurrences will = one.timetable.occurrences(next);
                Set<Instant> instants = difference.instants(one.timetable, was, will, MOST);
                whole &= instants.size() < MOST;
                instants.removeAll(one.settled);
                instants.forEach(nominal -> compare(
                                one, nominal, one.had(nominal, due(was, nominal), now), due(will, nominal), now)
                        .ifPresent(changed::add));
            } catch (BadTimetable unreadable) {
                // of a zone that this Java no longer knows: it does not fire, and the reconciler reports it
                LOG.debug("{} cannot be read", one.timetable, unreadable);
            }
        }
        changed.sort(Comparator.comparing(ChangedFire::nominal).thenComparing(ChangedFire::schedules));
        boolean all = changed.size() <= limit;
        return new CalendarChanges(List.copyOf(all ? changed : changed.subList(0, limit)), whole && all);
    }

    /** Null if the calendar leaves it out. */
    private static Instant due(Occurrences occurrences, Instant nominal) {
        return occurrences
                .by(nominal)
                .filter(one -> !one.skipped())
                .map(Occurrence::at)
                .orElse(null);
    }

    private static Optional<ChangedFire> compare(
            Followed one, Instant nominal, Instant before, Instant after, Instant now) {
        boolean near = isNear(before, now) || (before == null && isNear(after, now));
        if (!near || Objects.equals(before, after)) {
            return Optional.empty();
        }
        Instant still = after == null || after.isAfter(now) ? after : null;
        return Optional.of(new ChangedFire(one.schedules, one.number, nominal, before, still));
    }

    private static boolean isNear(Instant due, Instant now) {
        return due != null && due.isAfter(now) && !due.isAfter(now.plus(AHEAD));
    }
}
