package io.yardmaster.timetable;

import io.yardmaster.calendar.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What two calendars make of the same instants. Of which days they say different things is found once for all timetables: of
 * each, only the instants of those days need be looked at.
 */
public final class CalendarDifference {
    /** No instant is moved by more. */
    private static final int FURTHEST = 70;

    private final BusinessCalendar before;
    private final BusinessCalendar after;
    private final Instant from;
    private final Instant through;
    private final Map<CalendarRule, List<LocalDate>> days = new EnumMap<>(CalendarRule.class);

    /** Of instants that are due in (from, through] by either. */
    public CalendarDifference(BusinessCalendar before, BusinessCalendar after, Instant from, Instant through) {
        this.before = before;
        this.after = after;
        this.from = from;
        this.through = through;
        for (CalendarRule rule : CalendarRule.values()) {
            days.put(rule, changed(rule));
        }
    }

    /**
     * Nominal instants of {@code timetable} that may be due at different times; all others are due at the same.
     *
     * @param was the timetable by the calendar of before
     * @param will by the one of after
     * @param most so many are looked at, or a few more
     */
    public Set<Instant> instants(Timetable timetable, Occurrences was, Occurrences will, int most) {
        Set<Instant> found = new HashSet<>();
        if (timetable.kind() == Timetable.Kind.DATES || !before.blackouts().equals(after.blackouts())) {
            Stream.of(was, will)
                    .flatMap(either -> either.between(from, through, most).stream())
                    .forEach(one -> found.add(one.nominal()));
            return found;
        }
        ZoneId zone = Zones.parse(timetable.zone());
        for (LocalDate day : days.get(timetable.calendar().rule())) {
            Instant start = day.atStartOfDay(zone).toInstant().minusSeconds(1);
            Instant end = day.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1);
            was.named(start, end, Math.max(0, most - found.size())).forEach(one -> found.add(one.nominal()));
        }
        return found;
    }

    private List<LocalDate> changed(CalendarRule rule) {
        LocalDate first = LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(FURTHEST);
        LocalDate last = LocalDate.ofInstant(through, ZoneOffset.UTC).plusDays(FURTHEST);
        return first.datesUntil(last)
                .filter(day -> rule == CalendarRule.SKIP
                        ? before.isWorking(day) != after.isWorking(day)
                        : movesOtherwise(rule, day))
                .toList();
    }

    /** A blackout may end on the day after. */
    private boolean movesOtherwise(CalendarRule rule, LocalDate day) {
        LocalDate was = Shift.working(before, rule, day);
        LocalDate will = Shift.working(after, rule, day);
        return !Objects.equals(was, will)
                || (was != null
                        && !before.blackouts().isEmpty()
                        && !Objects.equals(
                                Shift.working(before, rule, was.plusDays(1)),
                                Shift.working(after, rule, was.plusDays(1))));
    }
}
