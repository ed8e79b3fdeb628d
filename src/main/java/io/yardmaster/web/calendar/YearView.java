package io.yardmaster.web.calendar;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarRules;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A year of a calendar.
 *
 * @param named days that are holidays or made up for, by date
 * @param previous null at the first year that a calendar can have
 * @param next null at the last one
 */
public record YearView(int year, List<MonthView> months, List<DayView> named, Integer previous, Integer next) {
    private static final int WEEK = 7;

    /**
     * A month.
     *
     * @param weeks from Monday, of seven days each; null for days of other months
     * @param working how many days work
     */
    public record MonthView(LocalDate first, List<List<DayView>> weeks, long working) {}

    /**
     * A day.
     *
     * @param known whether the calendar's holidays are known as far as this
     * @param today whether it is today where the viewer is
     */
    public record DayView(LocalDate date, DayKind kind, String name, boolean known, boolean today) {
        boolean works() {
            return kind == DayKind.WORKING || kind == DayKind.MADE_UP;
        }
    }

    /** The year asked for, or that of {@code today} if no calendar has it. */
    static YearView of(BusinessCalendar calendar, String asked, LocalDate today) {
        int first = CalendarRules.EARLIEST.getYear();
        int last = CalendarRules.LATEST.getYear();
        int wanted = asked.matches("[0-9]{4}") ? Integer.parseInt(asked) : today.getYear();
        int year = wanted < first || wanted > last ? today.getYear() : wanted;
        List<MonthView> months = Stream.of(Month.values())
                .map(month -> month(calendar, LocalDate.of(year, month, 1), today))
                .toList();
        List<DayView> named = days(calendar, LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1), today)
                .filter(day -> day.kind() == DayKind.HOLIDAY || day.kind() == DayKind.MADE_UP)
                .toList();
        return new YearView(year, months, named, year > first ? year - 1 : null, year < last ? year + 1 : null);
    }

    public long working() {
        return months.stream().mapToLong(MonthView::working).sum();
    }

    /** Any week, for the heads of columns. */
    public List<LocalDate> week() {
        LocalDate monday = LocalDate.of(2024, 1, 1);
        return IntStream.range(0, WEEK).mapToObj(monday::plusDays).toList();
    }

    private static MonthView month(BusinessCalendar calendar, LocalDate first, LocalDate today) {
        List<DayView> days = days(calendar, first, first.plusMonths(1), today).toList();
        int before = first.getDayOfWeek().getValue() - 1;
        int weeks = (before + days.size() + WEEK - 1) / WEEK;
        List<List<DayView>> rows = IntStream.range(0, weeks)
                .mapToObj(week -> IntStream.range(week * WEEK - before, (week + 1) * WEEK - before)
                        .<DayView>mapToObj(index -> index >= 0 && index < days.size() ? days.get(index) : null)
                        .toList())
                .toList();
        return new MonthView(first, rows, days.stream().filter(DayView::works).count());
    }

    private static Stream<DayView> days(BusinessCalendar calendar, LocalDate from, LocalDate to, LocalDate today) {
        return from.datesUntil(to)
                .map(day -> new DayView(
                        day,
                        DayKind.of(calendar, day),
                        calendar.nameOf(day),
                        !day.isAfter(calendar.knownThrough()),
                        day.equals(today)));
    }
}
