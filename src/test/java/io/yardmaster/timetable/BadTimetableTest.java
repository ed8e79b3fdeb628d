package io.yardmaster.timetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BadTimetableTest {
    private static BadTimetable refused(String expression, String zone) {
        BadTimetable refused = catchThrowableOfType(
                BadTimetable.class, () -> Timetable.cron(expression, zone).occurrences());
        assertThat(refused).as(expression).isNotNull();
        return refused;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "60 0 0 * * ?       | second       | 60     | 1",
                "0 0 25 * * ?       | hour         | 25     | 5",
                "0 1,2,x 0 * * ?    | minute       | X      | 7",
                "0 0 0 32 * ?       | day of month | 32     | 7",
                "0 0 0 ? FOO *      | month        | FOO    | 9",
                "0 0 0 ? * 8        | day of week  | 8      | 11",
                "0 0 0 ? * MON#6    | day of week  | MON#6  | 11",
                "0 0 0 * * ? 1969   | year         | 1969   | 13",
                "0 0 0 * * ? 2030-2020 | year      | 2030-2020 | 13",
                "0 */0 * * * ?      | minute       | */0    | 3",
                "0 */60 * * * ?     | minute       | */60   | 3",
                "0 0 0 ? * ?        | day of week  | ?      | 11",
                "0 0 0 1 * MON      | day of week  | MON    | 11",
                "0 , 0 * * ?        | minute       | ''     | 3",
                "0 0 0 1--2 * ?     | day of month | 1--2   | 7",
                "0 0 0 L-31 * ?     | day of month | L-31   | 7",
            })
    void a_bad_field_is_named_with_its_value_and_place(String expression, String field, String value, int position) {
        BadTimetable refused = refused(expression, "UTC");
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused.value()).isEqualTo(value);
        assertThat(refused.position()).isEqualTo(position);
        assertThat(refused).hasMessageContaining("right would be").hasMessageContaining("'" + value + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * * *", "0 0 0 * * ? 2020 x", "tomorrow"})
    void the_number_of_fields_is_told(String expression) {
        assertThat(refused(expression, "UTC")).hasMessageContaining("six or seven");
    }

    @Test
    void a_day_that_never_comes_is_refused() {
        assertThat(refused("0 0 0 30 2 ?", "UTC")).hasMessageContaining("never comes");
    }

    @Test
    void a_huge_expression_is_not_repeated() {
        assertThat(refused("1,".repeat(500_000), "UTC").getMessage()).hasSizeLessThan(200);
    }

    @Test
    void an_unknown_zone_is_told_with_a_likely_one() {
        assertThat(refused("0 0 0 * * ?", "berlin"))
                .hasMessage("zone is 'berlin', which is unknown; right would be Europe/Berlin");
        assertThat(refused("0 0 0 * * ?", "")).hasMessageContaining("right would be an IANA name");
    }
}
