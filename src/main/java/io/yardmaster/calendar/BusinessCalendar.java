package io.yardmaster.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which days work and which hours do not. Beyond {@code knownThrough} the pattern of weekdays goes on.
 *
 * @param weekdays that work unless a holiday falls on them
 * @param holidays days that do not work, each with its name
 * @param workdays days that work although the pattern says no, each with its name
 * @param blackouts hours of every day in which nothing starts
 * @param knownThrough the last day for which holidays were entered
 */
public record BusinessCalendar(
        Set<DayOfWeek> weekdays,
        SortedMap<LocalDate, String> holidays,
        SortedMap<LocalDate, String> workdays,
        List<Blackout> blackouts,
        LocalDate knownThrough) {
    /** Monday to Friday. */
    public static final Set<DayOfWeek> USUAL =
            Collections.unmodifiableSet(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));

    public BusinessCalendar {
        weekdays = Collections.unmodifiableSet(ordered(weekdays));
        holidays = copy(holidays);
        workdays = copy(workdays);
        blackouts = List.copyOf(blackouts);
    }

    /** Without holidays or blackouts. */
    public static BusinessCalendar plain(LocalDate knownThrough) {
        return new BusinessCalendar(USUAL, new TreeMap<>(), new TreeMap<>(), List.of(), knownThrough);
    }

    /** The same with other days. */
    public BusinessCalendar with(
            SortedMap<LocalDate, String> otherHolidays, SortedMap<LocalDate, String> otherWorkdays) {
        return new BusinessCalendar(weekdays, otherHolidays, otherWorkdays, blackouts, knownThrough);
    }

    public boolean isWorking(LocalDate day) {
        return workdays.containsKey(day) || (weekdays.contains(day.getDayOfWeek()) && !holidays.containsKey(day));
    }

    public boolean isBlackedOut(LocalDateTime time) {
        return blackouts.stream().anyMatch(blackout -> blackout.holds(time.toLocalTime()));
    }

    /** The first moment at or after {@code time} that no blackout holds. */
    public LocalDateTime afterBlackout(LocalDateTime time) {
        LocalDateTime free = time;
        // adjoining windows are left one after the other; together they leave some of the day free
        for (int left = 0; left <= blackouts.size(); left++) {
            for (Blackout blackout : blackouts) {
                free = blackout.holds(free.toLocalTime()) ? blackout.end(free) : free;
            }
        }
        return free;
    }

    /** The day's name, if it is a holiday or made up for; else empty. */
    public String nameOf(LocalDate day) {
        return workdays.getOrDefault(day, holidays.getOrDefault(day, ""));
    }

    private static Set<DayOfWeek> ordered(Collection<DayOfWeek> days) {
        Set<DayOfWeek> ordered = EnumSet.noneOf(DayOfWeek.class);
        ordered.addAll(days);
        return ordered;
    }

    private static SortedMap<LocalDate, String> copy(Map<LocalDate, String> days) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(days));
    }
}
