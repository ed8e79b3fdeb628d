package io.yardmaster.web.schedule;

import io.yardmaster.database.Said;
import io.yardmaster.timetable.Adjustment;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import io.yardmaster.trigger.Terms;
import io.yardmaster.web.form.Amounts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The next instants of a timetable, from the very code that fires them.
 *
 * @param when what is previewed
 * @param fires in order, ten at most, with what the calendar leaves out between them; empty if none comes
 * @param jitter by how much each run may start later; none for zero
 * @param problems why there is no timetable; empty if there is one
 */
public record Preview(When when, List<Fire> fires, Duration jitter, List<Said> problems) {
    static final int FIRES = 10;

    private static final Duration YEAR = Duration.ofDays(366);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /**
     * An instant of the timetable, or the first of those that the calendar leaves out.
     *
     * @param zone whose clock the timetable goes by
     * @param calendar by which it goes; null for none
     * @param leftOut how many follow one another that the calendar leaves out; 0 for an instant that fires
     */
    public record Fire(Occurrence of, ZoneId zone, String calendar, long leftOut) {
        public Instant at() {
            return of.at();
        }

        /** What a change of the zone's clock did to it. */
        public Adjustment adjustment() {
            return of.adjustment();
        }

        /** As the timetable's own clock shows it. */
        public String local() {
            return LOCAL.format(of.at().atZone(zone));
        }

        /** As the expression says it. */
        public String nominal() {
            return LOCAL.format(of.nominal().atZone(zone));
        }

        public String weekday(Locale locale) {
            return of.at().atZone(zone).getDayOfWeek().getDisplayName(TextStyle.SHORT, locale);
        }

        public boolean adjusted() {
            return leftOut == 0 && of.adjustment() != Adjustment.NONE;
        }

        public boolean moved() {
            return of.moved();
        }

        /** Whether another clock shows another time then. */
        public boolean differsIn(ZoneId other) {
            return !zone.getRules().getOffset(of.at()).equals(other.getRules().getOffset(of.at()));
        }
    }

    /** What comes after {@code from}. */
    static Preview of(When when, Occurrences occurrences, Terms terms, Instant from) {
        ZoneId zone = ZoneId.of(when.zone());
        List<Fire> fires = new ArrayList<>();
        Instant after = terms.from(from);
        List<Occurrence> next = next(occurrences, terms, from);
        for (Occurrence one : next) {
            addLeftOut(fires, when, occurrences, after, one.at().minusNanos(1));
            fires.add(new Fire(one, zone, when.calendarName(), 0));
            after = one.at();
        }
        if (next.size() < FIRES) {
            addLeftOut(fires, when, occurrences, after, until(terms, after.plus(YEAR)));
        }
        return new Preview(when, fires, terms.jitter(), List.of());
    }

    private static void addLeftOut(
            List<Fire> fires, When when, Occurrences occurrences, Instant after, Instant through) {
        List<Occurrence> first = when.calendar() == null ? List.of() : occurrences.after(after);
        if (!first.isEmpty() && !first.get(0).at().isAfter(through)) {
            long leftOut = occurrences.count(after, through);
            fires.add(new Fire(first.get(0), ZoneId.of(when.zone()), when.calendarName(), leftOut));
        }
    }

    /** The next ten within the schedule's validity, without those that the calendar leaves out. */
    static List<Occurrence> next(Occurrences occurrences, Terms terms, Instant from) {
        Instant until = until(terms, Instant.MAX);
        List<Occurrence> found = new ArrayList<>();
        List<Occurrence> together = occurrences.kept(terms.from(from), until);
        while (found.size() < FIRES && !together.isEmpty()) {
            found.addAll(together);
            together = occurrences.kept(together.get(0).at(), until);
        }
        return found.subList(0, Math.min(FIRES, found.size()));
    }

    private static Instant until(Terms terms, Instant most) {
        return terms.validUntil() == null || most.isBefore(terms.validUntil()) ? most : terms.validUntil();
    }

    static Preview refused(When when, List<Said> why) {
        return new Preview(when, List.of(), Duration.ZERO, why);
    }

    static Preview unreadable(When when, List<BadTimetable> faults) {
        return refused(
                when,
                faults.stream().map(bad -> Said.of(bad.key(), bad.arguments())).toList());
    }

    /** Null for none. */
    public Said jittered() {
        return jitter.isZero() ? null : Said.of("schedule.preview.jitter", Amounts.ofSeconds(jitter.toSeconds()));
    }
}
