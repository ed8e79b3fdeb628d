package io.yardmaster.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Invalid;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalendarRulesTest {
    private static final LocalDate LAST = LocalDate.of(2027, 12, 31);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "22:00-02:00                         | ''",
                "12:00-13:00 13:00-14:00             | ''",
                "22:00-00:00 00:00-02:00             | ''",
                "00:00-12:00 12:00-23:59             | ''",
                "09:00-09:00                         | goes from one time of day to another",
                "09:00:00.5-10:00                    | whole seconds",
                "22:00-02:00 01:00-03:00             | overlaps the blackout window 22:00-02:00",
                "12:00-13:00 11:00-14:00             | overlaps the blackout window 12:00-13:00",
                "00:00-12:00 12:00-00:00             | leave no time of the day free",
                "20:00-08:00 08:00-12:00 12:00-20:00 | leave no time of the day free"
            })
    void blackouts_stand_apart_and_leave_some_of_the_day(String windows, String told) {
        List<Blackout> blackouts =
                Stream.of(windows.split(" ")).map(CalendarRulesTest::window).toList();
        BusinessCalendar usual = BusinessCalendar.plain(LAST);
        String problems = problems(new BusinessCalendar(
                usual.weekdays(), usual.holidays(), usual.workdays(), blackouts, usual.knownThrough()));
        assertThat(problems).contains(told);
        assertThat(problems.isEmpty()).isEqualTo(told.isEmpty());
    }

    @Test
    void a_day_either_works_or_does_not() {
        SortedMap<LocalDate, String> day = days("2026-12-25");
        assertThat(problems(BusinessCalendar.plain(LAST).with(day, day)))
                .contains("workdays", "2026-12-25", "2026-12-25 is a holiday too");
    }

    @Test
    void no_day_lies_beyond_what_is_known() {
        assertThat(problems(BusinessCalendar.plain(LAST).with(days("2028-01-01"), days("1969-12-31"))))
                .contains("holidays", "2028-01-01", "workdays", "1969-12-31", "to 2027-12-31");
    }

    @Test
    void some_day_of_the_week_works_and_it_is_said_how_far_holidays_are_known() {
        Set<DayOfWeek> none = EnumSet.noneOf(DayOfWeek.class);
        assertThat(problems(new BusinessCalendar(none, new TreeMap<>(), new TreeMap<>(), List.of(), null)))
                .contains("weekdays", "at least one day", "knownThrough");
    }

    private static String problems(BusinessCalendar calendar) {
        Invalid.Problems problems = new Invalid.Problems();
        CalendarRules.check(calendar, problems);
        return problems.all().stream()
                .map(problem -> problem.field() + " " + problem.value() + " "
                        + problem.said().english())
                .collect(Collectors.joining("; "));
    }

    private static Blackout window(String text) {
        String[] ends = text.split("-", -1);
        return new Blackout(LocalTime.parse(ends[0]), LocalTime.parse(ends[1]));
    }

    private static SortedMap<LocalDate, String> days(String day) {
        SortedMap<LocalDate, String> days = new TreeMap<>();
        days.put(LocalDate.parse(day), "");
        return days;
    }
}
