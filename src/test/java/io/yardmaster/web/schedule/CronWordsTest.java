package io.yardmaster.web.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * * ?      | second",
                "*/5 * * * * ?    | seconds [5]",
                "0/1 * * * * ?    | second",
                "0 * * * * ?      | minute",
                "25/30 * * * * ?  | secondsFrom [30, 25]",
                "40 * * * * ?     | minuteAt [40]",
                "0 5/15 * * * ?   | minutesFrom [15, 5]",
                "0 0 2/6 * * ?    | hoursFrom [6, 2]",
                "0 0/15 * * * ?   | minutes [15]",
                "0 0 * * * ?      | hour",
                "0 7 * ? * *      | hourAt [7]",
                "0 0 */6 * * ? *  | hours [6]",
                "0 30 2 * * ?     | daily [02:30]",
                "5 30 2 * * ?     | daily [02:30:05]",
                "0 0 18,8 * * ?   | daily [08:00, 18:00]",
                "0 0 8 ? * MON-FRI| workingDays [08:00]",
                "0 0 8 ? * 2-6    | workingDays [08:00]",
                "0 0 8 ? * sat,sun| weekly [08:00, Saturday, Sunday]",
                "0 0 8 ? * 1      | weekly [08:00, Sunday]",
                "0 0 3 1 * ?      | monthly [03:00, 1]",
                "0 0 3 L * ?      | monthEnd [03:00]",
            })
    void a_simple_expression_is_a_sentence(String expression, String said) {
        CronWords.Phrase phrase = CronWords.of(expression, Locale.ENGLISH).orElseThrow();
        String arguments = phrase.arguments().isEmpty() ? "" : " " + phrase.arguments();
        assertThat(phrase.key() + arguments).isEqualTo("schedule.words." + said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "0 0/25 * * * ?",
                "0 20/15 * * * ?",
                "0 0 8 ? * MON#1",
                "0 0 8 15W * ?",
                "0 0 8 * JAN ?",
                "0 0 8-10 * * ?",
                "0 0 8 ? * FRI-MON",
                "0 0 8 * * ? 2027",
                "10 0/5 * * * ?",
                "0 0,30 8,9 * * ?",
                "0 0 8 1 * MON"
            })
    void any_other_is_left_as_it_is_written(String expression) {
        assertThat(CronWords.of(expression, Locale.ENGLISH)).isEmpty();
    }

    @Test
    void days_are_named_in_the_readers_language() {
        assertThat(CronWords.of("0 0 8 ? * SAT,SUN", Locale.SIMPLIFIED_CHINESE)
                        .orElseThrow()
                        .arguments())
                .containsExactly("08:00", "星期六、星期日");
    }
}
