package io.yardmaster.trigger;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which coming fires another calendar would change.
 *
 * @param fires by nominal instant
 * @param whole whether these are all of the next {@link #AHEAD}
 */
public record CalendarChanges(List<ChangedFire> fires, boolean whole) {
    /** How far ahead is looked. */
    public static final Duration AHEAD = Duration.ofDays(30);

    /** Instants looked at for each timetable. */
    private static final int MOST = 5_000;
    /** For all of them: a transaction must not be busy elsewhere for long. */
    private static final Duration LONGEST = Duration.ofMillis(1500);

    /** Indexes {@code timetable_by_calendar}, {@code schedule_to_fire}. */
    private static final String FOLLOWED = """
            SELECT t.kind, t.expression, t.zone, t.gap, t.overlap, t.calendar_id, t.calendar_rule,
                   string_agg(s.said, ', ' ORDER BY s.said) FILTER (WHERE place <= 5) AS schedules, count(*) AS number
            FROM timetable t JOIN (
                SELECT timetable_id, j.namespace || '/' || j.name || ' (' || s.name || ')' AS said,
                       row_number() OVER (PARTITION BY timetable_id ORDER BY j.namespace, j.name, s.name) AS place
                FROM schedule s JOIN job j ON j.id = s.job_id
                WHERE s.disabled_at IS NULL AND s.archived_at IS NULL AND j.disabled_at IS NULL
                    AND s.timetable_id IN (SELECT id FROM timetable WHERE calendar_id = :calendar)) s ON s.timetable_id = t.id
            WHERE t.calendar_id = :calendar GROUP BY t.id ORDER BY t.id
            """;

    /**
     * One fire that changes.
     *
     * @param schedules whose, as {@code namespace/job (schedule)}: the first five of them
     * @param number how many schedules
     * @param nominal the instant by the expression
     * @param before when it would be due; null if the calendar leaves it out
     * @param after when it will be due; null if the calendar leaves it out, or would have it in the past
     */
    public record ChangedFire(String schedules, int number, Instant nominal, Instant before, Instant after) {}

    private record Followed(Timetable timetable, String schedules, int number) {}

    /** @param last the last due instant that was looked at */
    private record Due(Map<Instant, Occurrence> byNominal, Instant last) {
        Instant of(Instant nominal) {
            Occurrence occurrence = byNominal.get(nominal);
            return occurrence == null || occurrence.skipped() ? null : occurrence.at();
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
                .map((row, context) ->
                        new Followed(Timetables.timetable(row), row.getString("schedules"), row.getInt("number")))
                .list();
        List<ChangedFire> changed = new ArrayList<>();
        boolean whole = true;
        long begun = System.nanoTime();
        for (Followed one : followed) {
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                whole = false;
                break;
            }
            Due was = due(one.timetable, before, now);
            Due will = due(one.timetable, next, now);
            whole &= was.byNominal.size() < MOST && will.byNominal.size() < MOST;
            compare(one, was, will, now, changed);
        }
        changed.sort(Comparator.comparing(ChangedFire::nominal).thenComparing(ChangedFire::schedules));
        boolean all = changed.size() <= limit;
        return new CalendarChanges(List.copyOf(all ? changed : changed.subList(0, limit)), whole && all);
    }

    private static Due due(Timetable timetable, BusinessCalendar calendar, Instant now) {
        Instant from = timetable.moves() ? now.minus(Settled.FURTHEST) : now;
        Instant through = now.plus(timetable.moves() ? AHEAD.plus(Settled.FURTHEST) : AHEAD);
        Map<Instant, Occurrence> due = new LinkedHashMap<>();
        Instant last = from;
        try {
            for (Occurrence one : timetable.occurrences(calendar).between(from, through, MOST)) {
                due.put(one.nominal(), one);
                last = one.at();
            }
        } catch (BadTimetable unreadable) {
            // of a zone that this Java no longer knows: it does not fire, and the reconciler reports it
            return new Due(Map.of(), through);
        }
        return new Due(due, due.size() < MOST ? through : last);
    }

    private static void compare(Followed one, Due was, Due will, Instant now, List<ChangedFire> changed) {
        Map<Instant, Occurrence> all = new LinkedHashMap<>(was.byNominal);
        all.putAll(will.byNominal);
        Instant known = OnStretch.earliest(was.last, will.last);
        for (Map.Entry<Instant, Occurrence> entry : all.entrySet()) {
            Instant nominal = entry.getKey();
            Instant before = was.of(nominal);
            Instant after = will.of(nominal);
            boolean near = isNear(before, now) || (before == null && isNear(after, now));
            if (near && !entry.getValue().at().isAfter(known) && !Objects.equals(before, after)) {
                Instant still = after == null || after.isAfter(now) ? after : null;
                changed.add(new ChangedFire(one.schedules, one.number, nominal, before, still));
            }
        }
    }

    private static boolean isNear(Instant due, Instant now) {
        return due != null && due.isAfter(now) && !due.isAfter(now.plus(AHEAD));
    }
}
