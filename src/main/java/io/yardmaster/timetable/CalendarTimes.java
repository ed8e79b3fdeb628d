package io.yardmaster.timetable;

import io.yardmaster.calendar.BusinessCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Instants moved to working days. Goes through the nominal days one by one, from the first whose instants may be due after
 * the moment that is asked for to the last that may be due before the best found; where the expression leaves days out, so
 * does the search.
 */
final class CalendarTimes implements Occurrences {
    /** Days by which zones' clocks may put an instant aside of its local day. */
    private static final int MARGIN = 2;

    private static final int DAYS_KEPT = 128;
    /** A longer period is not gone through as a whole. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private final Occurrences nominal;
    private final Shift shift;
    private final ZoneId zone;
    /** Days asked for lately: the next question is nearly always about the same. */
    private final Map<LocalDate, List<Occurrence>> recent = new LinkedHashMap<>(DAYS_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LocalDate, List<Occurrence>> eldest) {
            return size() > DAYS_KEPT;
        }
    };

    private CalendarTimes(Occurrences nominal, Shift shift, ZoneId zone) {
        this.nominal = nominal;
        this.shift = shift;
        this.zone = zone;
    }

    /**
     * @param nominal the instants of {@code timetable} by its expression
     * @throws BadTimetable if the calendar's rule does not fit them
     */
    static Occurrences of(Timetable timetable, Occurrences nominal, BusinessCalendar calendar) {
        CalendarFit.check(timetable, nominal);
        ZoneId zone = Zones.parse(timetable.zone());
        return timetable.moves()
                ? new CalendarTimes(nominal, new Shift(timetable, calendar, zone), zone)
                : new KeptTimes(nominal, calendar, zone);
    }

    @Override
    public List<Occurrence> after(Instant instant) {
        return search(instant, first(instant));
    }

    /** Nothing of an earlier day is due after {@code instant}. */
    private LocalDate first(Instant instant) {
        LocalDate due = LocalDate.ofInstant(instant, zone).minusDays(MARGIN);
        LocalDate day = due.plusDays(MARGIN);
        while (!shift.last(day).isBefore(due)) {
            day = day.minusDays(1);
        }
        return day;
    }

    @Override
    public Optional<Occurrence> by(Instant nominalInstant) {
        return nominal.by(nominalInstant).map(shift::apply);
    }

    @Override
    public List<Occurrence> named(Instant afterExclusive, Instant throughInclusive, int limit) {
        return nominal.between(afterExclusive, throughInclusive, limit).stream()
                .map(shift::apply)
                .toList();
    }

    /** Nominal days of which something may be due on the other side. */
    @Override
    public List<Occurrence> across(Instant moment) {
        return read(first(moment), last(moment)).stream()
                .filter(one -> one.nominal().isAfter(moment) != one.at().isAfter(moment))
                .toList();
    }

    @Override
    public long count(Instant afterExclusive, Instant throughInclusive) {
        return between(afterExclusive, throughInclusive, Integer.MAX_VALUE).size();
    }

    @Override
    public long countKept(Instant afterExclusive, Instant throughInclusive) {
        return between(afterExclusive, throughInclusive, Integer.MAX_VALUE).stream()
                .filter(one -> !one.skipped())
                .count();
    }

    /** A period is gone through once, not searched anew for each instant. */
    @Override
    public List<Occurrence> between(Instant afterExclusive, Instant throughInclusive, int limit) {
        if (throughInclusive.isAfter(afterExclusive.plus(LONGEST))) {
            return Occurrences.super.between(afterExclusive, throughInclusive, limit);
        }
        List<Occurrence> found = read(first(afterExclusive), last(throughInclusive)).stream()
                .filter(one -> one.at().isAfter(afterExclusive) && !one.at().isAfter(throughInclusive))
                .sorted(Comparator.comparing(Occurrence::at))
                .toList();
        return withCompanions(found, limit);
    }

    /** Nothing of a later day is due up to {@code instant}. */
    private LocalDate last(Instant instant) {
        LocalDate due = LocalDate.ofInstant(instant, zone).plusDays(MARGIN);
        LocalDate day = due;
        while (!shift.first(day.plusDays(1)).isAfter(due)) {
            day = day.plusDays(1);
        }
        return day;
    }

    /** No more than {@code limit}, but for those due together with the last. */
    static List<Occurrence> withCompanions(List<Occurrence> sorted, int limit) {
        int end = Math.min(limit, sorted.size());
        while (end > 0
                && end < sorted.size()
                && sorted.get(end).at().equals(sorted.get(end - 1).at())) {
            end++;
        }
        return sorted.subList(0, end);
    }

    private List<Occurrence> search(Instant after, LocalDate from) {
        List<Occurrence> best = List.of();
        LocalDate day = comes(from);
        while (day != null && (best.isEmpty() || !shift.first(day).isAfter(lastDayBefore(best)))) {
            for (Occurrence one : on(day)) {
                if (one.at().isAfter(after)) {
                    best = earlier(best, one);
                }
            }
            day = comes(day.plusDays(1));
        }
        return best;
    }

    private LocalDate lastDayBefore(List<Occurrence> best) {
        return LocalDate.ofInstant(best.get(0).at(), zone).plusDays(MARGIN);
    }

    /** The first day from {@code day} on with an instant by the expression, or null. */
    private LocalDate comes(LocalDate day) {
        return nominal.next(day.atStartOfDay(zone).toInstant().minusSeconds(1))
                .map(next -> later(day, LocalDate.ofInstant(next, zone)))
                .orElse(null);
    }

    /** Where midnight comes twice, an instant of the day may show the day before. */
    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private List<Occurrence> on(LocalDate day) {
        synchronized (recent) {
            return recent.computeIfAbsent(day, same -> read(same, same));
        }
    }

    private List<Occurrence> read(LocalDate first, LocalDate last) {
        Instant start = first.atStartOfDay(zone).toInstant().minusSeconds(1);
        Instant end = last.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1);
        return nominal.between(start, end, Integer.MAX_VALUE).stream()
                .map(shift::apply)
                .toList();
    }

    private static List<Occurrence> earlier(List<Occurrence> best, Occurrence one) {
        int order = best.isEmpty() ? 1 : best.get(0).at().compareTo(one.at());
        if (order < 0) {
            return best;
        }
        List<Occurrence> together = new ArrayList<>(order == 0 ? best : List.of());
        together.add(one);
        return together;
    }
}
