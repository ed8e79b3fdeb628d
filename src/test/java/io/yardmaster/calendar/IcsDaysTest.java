package io.yardmaster.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.database.Said;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IcsDaysTest {
    private static final LocalDate HORIZON = LocalDate.parse("2030-12-31");

    // R11
    @Test
    void a_day_without_end_is_one_day_and_the_end_is_not_in_it() {
        ImportedDays read = events(
                "DTSTART;VALUE=DATE:20270101\nSUMMARY:New Year\\, at last",
                "DTSTART;VALUE=DATE:20271224\nDTEND;VALUE=DATE:20271227\nSUMMARY:Christmas",
                "DTSTART:20270501\nDURATION:P2D\nSUMMARY:May");
        assertThat(read.holidays())
                .isEqualTo(new TreeMap<>(Map.of(
                        day("2027-01-01"), "New Year, at last",
                        day("2027-05-01"), "May",
                        day("2027-05-02"), "May",
                        day("2027-12-24"), "Christmas",
                        day("2027-12-25"), "Christmas",
                        day("2027-12-26"), "Christmas")));
        assertThat(read.workdays()).isEmpty();
        assertThat(read.last()).isEqualTo("2027-12-26");
    }

    @Test
    void lines_are_unfolded_whatever_their_ends_and_whatever_stands_before() {
        String folded = """
                BEGIN:VCALENDAR
                VERSION:2.0
                BEGIN:VTIMEZONE
                TZID:Here
                BEGIN:STANDARD
                DTSTART:19700101T000000
                END:STANDARD
                END:VTIMEZONE
                BEGIN:VEVENT
                DTSTART;VALUE=DA
                 TE:2027
                \t0101
                SUMMARY;LANGUAGE=de:Neu
                 jahr
                BEGIN:VALARM
                DURATION:PT15M
                SUMMARY:Wake
                END:VALARM
                END:VEVENT
                END:VCALENDAR
                """.replace("\n", "\r\n");
        for (String text : new String[] {folded, folded.replace("\r\n", "\n"), "\uFEFF\r\n\n" + folded}) {
            assertThat(HolidayFile.read(text, HORIZON).holidays()).isEqualTo(Map.of(day("2027-01-01"), "Neujahr"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        20260101 | FREQ=YEARLY;COUNT=3                             | 2026-01-01 2027-01-01 2028-01-01
        20260101 | FREQ=YEARLY;UNTIL=20280101                      | 2026-01-01 2027-01-01 2028-01-01
        20260101 | FREQ=YEARLY;UNTIL=20271231T235959Z              | 2026-01-01 2027-01-01
        20261126 | FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3        | 2026-11-26 2027-11-25 2028-11-23
        20260525 | FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=2        | 2026-05-25 2027-05-31
        20240229 | FREQ=YEARLY;COUNT=2                             | 2024-02-29 2028-02-29
        20260105 | FREQ=WEEKLY;INTERVAL=2;COUNT=3                  | 2026-01-05 2026-01-19 2026-02-02
        20260131 | FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3              | 2026-01-31 2026-02-28 2026-03-31
        """)
    void rules_are_followed(String start, String rule, String days) {
        ImportedDays read = events("DTSTART;VALUE=DATE:" + start + "\nRRULE:" + rule);
        assertThat(read.holidays().keySet().stream().map(LocalDate::toString)).containsExactly(days.split(" ", -1));
        assertThat(read.remarks()).isEmpty();
    }

    @Test
    void a_rule_without_end_is_followed_to_the_horizon_and_says_so() {
        ImportedDays read = events("DTSTART;VALUE=DATE:19000501\nRRULE:FREQ=YEARLY\nSUMMARY:Labour Day");
        assertThat(read.holidays().firstKey()).isEqualTo(day("1970-05-01"));
        assertThat(read.holidays().lastKey()).isEqualTo(day("2030-05-01"));
        assertThat(read.remarks()).containsExactly(Said.of("import.horizon", 4, "FREQ=YEARLY", HORIZON));
        assertThat(HolidayFile.horizon(day("2026-11-22"))).isEqualTo(day("2031-12-31"));
    }

    @Test
    void days_are_left_out_replaced_and_added() {
        ImportedDays read = events(
                "UID:a\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;COUNT=4\nEXDATE;VALUE=DATE:20270101,20290101\nSUMMARY:A",
                "UID:a\nRECURRENCE-ID;VALUE=DATE:20280101\nDTSTART;VALUE=DATE:20280103\nSUMMARY:A later",
                "UID:b\nDTSTART;VALUE=DATE:20260401\nRDATE;VALUE=DATE:20260501,20260601\nSUMMARY:B");
        assertThat(read.holidays().keySet().stream().map(LocalDate::toString))
                .containsExactly("2026-01-01", "2026-04-01", "2026-05-01", "2026-06-01", "2028-01-03");
    }

    @Test
    void only_whole_days_count() {
        ImportedDays read = events(
                "DTSTART;TZID=Europe/Berlin:20260501T000000\nDTEND;TZID=Europe/Berlin:20260502T000000\nSUMMARY:Whole",
                "DTSTART:20260601T090000Z\nDTEND:20260601T170000Z\nSUMMARY:Meeting",
                "DTSTART:20260610T120000\nDURATION:P2D\nSUMMARY:Trip",
                "DTSTART;VALUE=DATE:20260701\nSTATUS:CANCELLED\nSUMMARY:Off");
        assertThat(read.holidays()).isEqualTo(Map.of(day("2026-05-01"), "Whole", day("2026-06-11"), "Trip"));
        assertThat(read.remarks())
                .containsExactly(Said.of("import.not-whole", 7, "Meeting"), Said.of("import.cancelled", 17, "Off"));
    }

    @Test
    void two_names_of_a_day_are_both_kept_and_made_up_days_work() {
        ImportedDays read = events(
                "DTSTART;VALUE=DATE:20261001\nSUMMARY:National Day",
                "DTSTART;VALUE=DATE:20261001\nSUMMARY:Mid-Autumn",
                "DTSTART;VALUE=DATE:20261001\nSUMMARY:National Day",
                "DTSTART;VALUE=DATE:20261010\nSUMMARY:班\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY");
        assertThat(read.holidays()).isEqualTo(Map.of(day("2026-10-01"), "National Day / Mid-Autumn"));
        assertThat(read.workdays()).isEqualTo(Map.of(day("2026-10-10"), "班"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SUMMARY:x                                               | line 2: the event “x” has no DTSTART
        DTSTART;VALUE=DATE:20260230                             | line 3: DTSTART is “20260230”; right would be a date
        DTSTART;VALUE=DATE:2026-02-03                           | line 3: DTSTART is “2026-02-03”
        DTSTART;VALUE=DATE:20260203~DTEND;VALUE=DATE:20260202   | line 4: DTEND is “20260202”, before DTSTART
        DTSTART;VALUE=DATE:20260203~DTSTART;VALUE=DATE:20260203 | line 4: DTSTART comes twice
        DTSTART;VALUE=DATE:20260203~DURATION:-P1D               | line 4: DURATION is “-P1D”
        DTSTART;VALUE=DATE:20260203~DURATION:P9999999999999D    | line 4: DURATION is
        DTSTART;VALUE=DATE:20260203~RRULE:FREQ=HOURLY           | RRULE of line 4 is “FREQ=HOURLY”
        DTSTART;VALUE=DATE:20260203~RRULE:FREQ=YEARLY;BYHOUR=3  | RRULE of line 4 is
        DTSTART;VALUE=DATE:20260203~RRULE:COUNT=3               | RRULE of line 4 is
        DTSTART;VALUE=DATE:20260203~RRULE:x                     | RRULE of line 4 is “x”
        DTSTART;VALUE=DATE:20260203~EXDATE:yesterday            | line 4: EXDATE is “yesterday”
        DTSTART;VALUE=DATE:19690101                             | line 2: 1969-01-01 is not from 1970-01-01 to 2099-12-31
        DTSTART;VALUE=DATE:20260203~no colon                    | line 4: “no colon” cannot be read
        """)
    void what_is_wrong_is_named_with_line_field_and_value(String event, String told) {
        assertThatThrownBy(() -> events(event.replace('~', '\n'))).hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        BEGIN:VCALENDAR                                                         | breaks off: VCALENDAR has no end
        BEGIN:VCALENDAR~BEGIN:VEVENT~DTSTART:20260101                           | breaks off: VEVENT has no end
        BEGIN:VCALENDAR~END:VCALENDAR                                           | has no event
        BEGIN:VEVENT~DTSTART:20260101~END:VEVENT                                | line 1: “BEGIN:VEVENT”
        BEGIN:VCALENDAR~BEGIN:VEVENT~DTSTART:20260101~END:VCALENDAR             | line 4: “END:VCALENDAR”
        BEGIN:VCALENDAR~BEGIN:VEVENT~BEGIN:VEVENT~END:VEVENT                    | line 3: “BEGIN:VEVENT”
        BEGIN:VCALENDAR~END:VEVENT                                              | line 2: “END:VEVENT”
        BEGIN:VCALENDAR~END:VCALENDAR~X:Y                                       | line 3: “X:Y”
        """)
    void a_broken_file_is_not_taken_for_a_whole_one(String file, String told) {
        assertThatThrownBy(() -> HolidayFile.read(file.replace('~', '\n'), HORIZON))
                .hasMessageContaining(told);
    }

    static ImportedDays events(String... events) {
        StringBuilder file = new StringBuilder("BEGIN:VCALENDAR\n");
        for (String event : events) {
            file.append("BEGIN:VEVENT\n").append(event).append("\nEND:VEVENT\n");
        }
        return HolidayFile.read(file + "END:VCALENDAR\n", HORIZON);
    }

    private static LocalDate day(String date) {
        return LocalDate.parse(date);
    }
}
