package io.yardmaster.calendar;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.database.Invalid;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, reading ends soon, with days or with a refusal. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileFileTest {
    private static final LocalDate HORIZON = LocalDate.parse("2031-12-31");

    @Test
    void other_encodings_are_refused_by_line_or_read() {
        String file = "2027-01-01,New Year\n2027-10-01,国庆节\n";
        assertThatThrownBy(() -> HolidayFile.read(file.getBytes(Charset.forName("GBK")), HORIZON))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("line 2 (byte 32) is not UTF-8: save the file as UTF-8");
        byte[] wide = ("\uFEFF" + file).getBytes(UTF_16LE);
        assertThat(HolidayFile.read(wide, HORIZON).holidays())
                .containsEntry(LocalDate.parse("2027-10-01"), "国庆节")
                .isEqualTo(HolidayFile.read(file.getBytes(UTF_8), HORIZON).holidays());
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void what_is_no_text_is_refused(String file, String told) {
        assertThatThrownBy(() -> HolidayFile.read(file, HORIZON))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(told);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> unfit() {
        return Map.of(
                        "2027-01-01,a\n2027-01-02,\0",
                        "line 2 has the character U+0000",
                        "2027-01-01,\uD800a",
                        "line 1 has the character U+D800",
                        "2027-01-01,\uDC00",
                        "line 1 has the character U+DC00",
                        " \r\n ",
                        "is empty",
                        "",
                        "is empty",
                        "a".repeat(HolidayFile.LARGEST + 1),
                        "is too large: 1 MiB is the most",
                        "<html><body>1</body></html>",
                        "is no date")
                .entrySet()
                .stream()
                .map(one -> org.junit.jupiter.params.provider.Arguments.of(one.getKey(), one.getValue()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
                "FREQ=DAILY",
                "FREQ=DAILY;COUNT=2147483647",
                "FREQ=YEARLY;INTERVAL=2147483647",
                "FREQ=YEARLY;INTERVAL=999999999;BYDAY=MO",
                "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366",
                "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=29;BYMONTH=2",
                "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
                "FREQ=SECONDLY",
                "FREQ=YEARLY;COUNT=-1",
                "FREQ=YEARLY;COUNT=99999999999999999999",
                "FREQ=YEARLY;UNTIL=99991231",
                "FREQ=YEARLY;INTERVAL=0",
                "FREQ=YEARLY;BYMONTHDAY=0",
                "FREQ=YEARLY;BYMONTH=13",
                "RSCALE=CHINESE;FREQ=YEARLY",
                "FREQ=YEARLY;FREQ=DAILY",
                ""
            })
    void a_rule_of_any_kind_ends(String rule) {
        for (String start : new String[] {"00010101", "20260101", "20240229", "99991231"}) {
            days("DTSTART;VALUE=DATE:" + start + "\nRRULE:" + rule);
        }
    }

    @Test
    void many_rules_and_long_lists_end() {
        String daily = "DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY\n";
        assertThat(days(many(200, daily))).contains("leads too far");
        String costly = "DTSTART;VALUE=DATE:19700101\nRRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366\n";
        days(many(200, costly));
        assertThat(days(many(201, "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;COUNT=1\n")))
                .contains("leads too far");
        assertThat(days(many(10_000, "DTSTART;VALUE=DATE:20260101\nDURATION:P4000D\n")))
                .contains("more than 5000 days");
        assertThat(days("DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:99991231"))
                .contains("more than 5000 days");
        assertThat(days("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYMONTHDAY=" + "1,".repeat(100_000) + "1"))
                .contains("leads too far");
        assertThat(days("DTSTART;VALUE=DATE:20260101\nEXDATE:" + "20260101,".repeat(100_000) + "20260101"))
                .contains("names no day");
        assertThat(days("DTSTART;VALUE=DATE:20260101\nSUMMARY:" + "x".repeat(900_000)))
                .hasSizeLessThan(500);
    }

    @Test
    void deep_and_unmatched_parts_end() {
        assertThat(read("BEGIN:VCALENDAR\n".repeat(50_000))).contains("line 2");
        assertThat(read("BEGIN:VCALENDAR\n" + "BEGIN:A\n".repeat(60_000) + "END:B\n".repeat(60_000)))
                .contains("line 6");
        assertThat(read("2027-01-01,\"" + "\n".repeat(900_000))).isNotEmpty();
        assertThat(read(",".repeat(900_000))).isNotEmpty();
        assertThat(read("2027-01-01" + ",".repeat(900_000))).isNotEmpty();
        assertThat(read("2027-01-01,a\n".repeat(60_000))).contains("more than 5000 days");
    }

    @Test
    void no_letter_more_or_less_makes_reading_fail_otherwise_than_by_a_refusal() {
        Random random = new Random(7);
        String good = """
                BEGIN:VCALENDAR
                BEGIN:VEVENT
                UID:a
                DTSTART;VALUE=DATE:20260101
                DTEND:20260104T000000Z
                RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH,-1MO;INTERVAL=2;COUNT=5
                EXDATE:20260102
                SUMMARY;X="a:b":a\\,b
                 c
                END:VEVENT
                END:VCALENDAR
                """;
        String letters = "0123456789-+:;,=\"\\ \n\rTZPWD\t.\u0000é";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder broken = new StringBuilder(good);
            for (int change = 0; change <= round % 4; change++) {
                int at = random.nextInt(broken.length());
                if (random.nextBoolean()) {
                    broken.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
                } else {
                    broken.deleteCharAt(at);
                }
            }
            read(broken.toString());
        }
    }

    private static String many(int times, String event) {
        return IntStream.range(0, times)
                .mapToObj(number -> event)
                .collect(Collectors.joining("END:VEVENT\nBEGIN:VEVENT\n"));
    }

    private static String days(String event) {
        return read("BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + event + "\nEND:VEVENT\nEND:VCALENDAR\n");
    }

    /** The days, or what was said. */
    private static String read(String file) {
        try {
            ImportedDays read = HolidayFile.read(file, HORIZON);
            assertThat(read.holidays()).hasSizeLessThanOrEqualTo(CalendarRules.MOST_DAYS);
            return read.holidays().toString().replace("-", "");
        } catch (Invalid refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(600).doesNotContain("invalid.import");
            return refused.getMessage();
        }
    }
}
