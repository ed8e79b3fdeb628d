package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the change of a calendar makes of instants that it puts across its own moment. What was due before and would be once
 * more is settled, and does not fire again. What was to come and would have been due before is overtaken: it does not fire,
 * and each schedule that waited for it has a line of the ledger about it, at the moment of the change; if a later change has
 * it to come again, it comes.
 *
 * @param moved the timetables that the calendar moves, as they were before
 */
record CalendarTurn(long calendar, List<Moved> moved, KnownTimetables known) {
    private static final Logger LOG = LoggerFactory.getLogger(CalendarTurn.class);

    /** Index {@code timetable_by_calendar}. */
    private static final String MOVED =
            """
            SELECT t.id, %s, %s, %s
            FROM timetable t JOIN business_calendar c ON c.id = t.calendar_id
            WHERE t.calendar_id = :calendar AND t.calendar_rule <> 'SKIP' ORDER BY t.id
            """.formatted(DatedTimetable.COLUMNS, Settled.OF_TIMETABLE, OvertakenInstants.OF_TIMETABLE);

    /**
     * @param settled nominal instants that are not due again
     * @param overtaken nominal instants that were never due
     */
    record Moved(long timetable, DatedTimetable when, Set<Instant> settled, Set<Instant> overtaken) {
        /** Whether it was dealt with. */
        private boolean had(Occurrence was, Instant nominal, Instant now) {
            boolean wasDue = was != null && !was.at().isAfter(now);
            return settled.contains(nominal) || (wasDue && !overtaken.contains(nominal));
        }
    }

    /** @param drawn overtaken, though the calendar of before left them out, so that nobody waited for them */
    private record Turned(
            Instant now,
            List<Settled.Due> had,
            List<Settled.Due> overtaken,
            List<Settled.Instance> drawn,
            List<Settled.Instance> back) {}

    /** Before the change. */
    static CalendarTurn before(Transaction transaction, long calendar, KnownTimetables known) {
        return new CalendarTurn(calendar, moved(transaction, calendar), known);
    }

    /** After the change, everything up to {@code now} having been settled before. */
    void record(Transaction transaction, Instant now) {
        if (moved.isEmpty()) {
            return;
        }
        HeldCalendar after =
                CalendarUse.current(transaction, moved.get(0).when.timetable()).calendar();
        Turned turned = new Turned(now, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Moved one : moved) {
            turn(transaction, one, after, turned);
        }
        Settled.settleHad(transaction, turned.had, now);
        OvertakenInstants.comeBack(transaction, turned.back);
        OvertakenInstants.keep(transaction, turned.drawn, now);
        if (!turned.overtaken.isEmpty()) {
            OvertakenInstants.record(
                    transaction, turned.overtaken, moved.get(0).when.calendarName(), now);
        }
    }

    /** What cannot be read, such as a zone that this Java does not know, does not fire. */
    private void turn(Transaction transaction, Moved one, HeldCalendar after, Turned turned) {
        try {
            Occurrences was = known.of(transaction, one.when);
            Occurrences will = known.of(transaction, new DatedTimetable(one.when.timetable(), after));
            for (Instant nominal : across(one, was, will, turned.now)) {
                will.by(nominal).ifPresent(next -> {
                    Both both = new Both(was.by(nominal).orElse(null), next);
                    turn(one, both, turned);
                });
            }
        } catch (BadTimetable unreadable) {
            LOG.debug("timetable {} cannot be read", one.timetable, unreadable);
        }
    }

    private static Set<Instant> across(Moved one, Occurrences was, Occurrences will, Instant now) {
        Set<Instant> across = new HashSet<>(one.overtaken);
        Stream.of(was, will)
                .flatMap(either -> either.across(now).stream())
                .map(Occurrence::nominal)
                .forEach(across::add);
        return across;
    }

    /** @param was null if the expression had no such instant by the calendar of before */
    private record Both(Occurrence was, Occurrence next) {}

    private static void turn(Moved one, Both both, Turned turned) {
        Instant now = turned.now;
        Instant nominal = both.next.nominal();
        Settled.Instance instance = new Settled.Instance(one.timetable, nominal);
        boolean had = one.had(both.was, nominal, now);
        boolean comes = both.next.at().isAfter(now);
        if (had && comes && both.was != null) {
            turned.had.add(new Settled.Due(instance, both.was.at()));
        }
        if (comes && one.overtaken.contains(nominal)) {
            turned.back.add(instance);
        }
        boolean drawn = !had && !comes && both.was != null && both.was.at().isAfter(now);
        if (drawn && both.was.skipped()) {
            turned.drawn.add(instance);
        } else if (drawn) {
            turned.overtaken.add(new Settled.Due(instance, both.was.at()));
        }
    }

    private static List<Moved> moved(Transaction transaction, long calendar) {
        return transaction
                .sql()
                .createQuery(MOVED)
                .bind("calendar", calendar)
                .map((row, context) -> new Moved(
                        row.getLong("id"),
                        DatedTimetable.of(row),
                        Settled.read(row, "settled"),
                        Settled.read(row, "overtaken")))
                .list();
    }
}
