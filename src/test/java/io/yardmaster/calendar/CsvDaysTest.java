package io.yardmaster.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvDaysTest {
    private static final LocalDate HORIZON = LocalDate.parse("2030-12-31");
    private static final LocalDate NEW_YEAR = LocalDate.parse("2027-01-01");
    private static final LocalDate SATURDAY = LocalDate.parse("2027-02-06");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2027-01-01,New Year,holiday\n2027-02-06,Made up,working\n",
                "date,name,kind\r\n2027-01-01,New Year,\r\n2027-02-06,Made up,Working",
                "\uFEFFKind;Name;Date\n;New Year;1.1.2027\n\n;;\nworkday;Made up;06.02.2027\n",
                "date\tname\tkind\tnote\n2027/1/1\tNew Year\tholiday\tx\n20270206\tMade up\tworking\ty\n",
                "日期,名称,类型\n2027-01-01,\"New Year\",节假日\n2027-02-06,Made up,工作日\n"
            })
    void columns_separators_and_dates_may_be_written_in_several_ways(String file) {
        ImportedDays read = HolidayFile.read(file, HORIZON);
        assertThat(read.holidays()).isEqualTo(Map.of(NEW_YEAR, "New Year"));
        assertThat(read.workdays()).isEqualTo(Map.of(SATURDAY, "Made up"));
    }

    @Test
    void a_quoted_name_may_hold_separators_quotes_and_line_ends() {
        ImportedDays read = HolidayFile.read("2027-01-01,\"New Year, \"\"the\"\"\nday\"\n2027-01-02", HORIZON);
        assertThat(read.holidays()).isEqualTo(Map.of(NEW_YEAR, "New Year, \"the\" day", NEW_YEAR.plusDays(1), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s,a", "2027-01-01,a,%s", "%s,name", "BEGIN:%s"})
    void a_refusal_does_not_repeat_a_field_that_is_very_long(String file) {
        assertThatThrownBy(() -> HolidayFile.read(file.formatted("x".repeat(900_000)), HORIZON))
                .satisfies(refusal ->
                        assertThat(refusal.getMessage()).hasSizeLessThan(1_500).contains("xxx"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        date,name~2027-01-01,a~2027-02-30,b       | line 3, column 1: “2027-02-30” is no date
        name;date~a;01/02/2027                    | line 2, column 2: “01/02/2027” is no date
        2027-01-01,a,feast                        | line 1, column 3: “feast” is no kind; right would be holiday or working
        2027-01-01,a,holiday,b                    | line 1, column 4: has 4 fields; right would be at most 3
        when,what~2027-01-01,a                    | line 1: the columns are when, what; one must be called date
        2027-01-01,a~2027-01-01,b,working         | line 2: 2027-01-01 is named as holiday and as working day
        2150-01-01,a                              | line 1: 2150-01-01 is not from 1970-01-01 to 2099-12-31
        date,name                                 | names no day
        2027-01-01,a~2027-01-02,"open~2027-01-03,b | line 2: a quotation mark has no partner
        """)
    void what_is_wrong_is_named_with_line_column_and_value(String file, String told) {
        assertThatThrownBy(() -> HolidayFile.read(file.replace('~', '\n'), HORIZON))
                .hasMessageContaining(told);
    }
}
