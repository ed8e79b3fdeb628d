package io.yardmaster.web.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.timetable.Timetable.Kind;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CRON | * * * * * ?       | every second",
                "CRON | */5 * * * * ?     | every 5 seconds",
                "CRON | 0/1 * * * * ?     | every second",
                "CRON | 0 * * * * ?       | every minute",
                "CRON | 25/30 * * * * ?   | every 30 seconds, from second 25",
                "CRON | 40 * * * * ?      | every minute at second 40",
                "CRON | 0 5/15 * * * ?    | every 15 minutes, from minute 5",
                "CRON | 0 0 2/6 * * ?     | every 6 hours, from 2:00",
                "CRON | 0 0 * * * ?       | every hour",
                "CRON | 0 7 * ? * *       | every hour at minute 7",
                "CRON | 0 0,30 * * * ?    | every hour at minute 0, 30",
                "CRON | 0 0 */6 * * ? *   | every 6 hours",
                "CRON | 0 30 2 * * ?      | every day at 02:30",
                "CRON | 5 30 2 * * ?      | every day at 02:30:05",
                "CRON | 0 0 18,8 * * ?    | every day at 08:00, 18:00",
                "CRON | 0 0,30 8,9 * * ?  | every day at 08:00, 08:30, 09:00, 09:30",
                "CRON | 0 0 8-10 * * ?    | every hour from 08:00 to 10:00",
                "CRON | 0 0/15 8-17 ? * MON-FRI | every 15 minutes from 08:00 to 17:59, Monday to Friday",
                "CRON | 0 0 8 ? * MON-FRI | Monday to Friday at 08:00",
                "CRON | 0 0 8 ? * 2-6     | Monday to Friday at 08:00",
                "CRON | 0 0 8 ? * sun,sat | Saturday, Sunday at 08:00",
                "CRON | 0 0 8 ? * 1       | Sunday at 08:00",
                "CRON | 0 0 8 ? * MON#1   | first Monday of each month at 08:00",
                "CRON | 0 0 8 ? * 6L      | last Friday of each month at 08:00",
                "CRON | 0 0 3 1,15 * ?    | day 1, 15 of each month at 03:00",
                "CRON | 0 0 3 1-7 * ?     | day 1–7 of each month at 03:00",
                "CRON | 0 0 3 L * ?       | last day of each month at 03:00",
                "CRON | 0 0 3 15W * ?     | the Monday-to-Friday day nearest to day 15 of each month at 03:00",
                "CRON | 0 0 8 1 JAN,JUN-AUG ? | day 1 of each month at 08:00, in January, June–August",
                "CRON | @daily            | every day at 00:00",
                "UNIX_CRON | 30 2 * * *   | every day at 02:30",
                "UNIX_CRON | */15 * * * * | every 15 minutes",
                "UNIX_CRON | 0 8 * * 1-5  | Monday to Friday at 08:00",
                "UNIX_CRON | 0 8 * * 0,6  | Saturday, Sunday at 08:00",
                "UNIX_CRON | 0 8 * * 7    | Sunday at 08:00",
                "UNIX_CRON | 0 8 1 * MON  | day 1 of each month or Monday at 08:00",
                "UNIX_CRON | 0 8 * 12 *   | every day at 08:00, in December",
                "UNIX_CRON | @weekly      | Sunday at 00:00",
                "RATE | R/2026-01-01T00:00:00Z/PT90S | every 90 seconds, from 2026-01-01 00:00:00 UTC",
                "RATE | R12/2026-01-31T18:00/P1M | every month, from 2026-01-31 18:00, 12 times",
                "DATES | every 3 months from 2026-01-01 at 18:00 on last working day "
                        + "| every 3 months on the last working day at 18:00, from 2026-01-01",
                "DATES | every 2 weeks from 2026-01-01 at 8:00 on mon, fri "
                        + "| every 2 weeks on Monday, Friday at 8:00, from 2026-01-01",
                "DATES | every day from 2026-01-01 at 8:00 | every day at 8:00, from 2026-01-01",
                "DELAY | PT1H30M | 1h 30m after the end of the last run",
                "ONCE | 2026-11-23T02:00 | once, at 2026-11-23 02:00",
            })
    void what_people_write_is_a_sentence(Kind kind, String expression, String said) {
        assertThat(new When(kind, expression, "UTC", null)
                        .phrase(Locale.ENGLISH)
                        .english())
                .isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "@fortnightly",
                "0 0/25 * * * ?",
                "0 20/15 * * * ?",
                "0 0 8 ? * FRI-MON",
                "0 0 8 * * ? 2027",
                "10 0/5 * * * ?",
                "0 0 8 1 * MON",
                "0 0 8 L-3 * ?"
            })
    void any_other_is_left_as_it_is_written(String expression) {
        assertThat(new When(Kind.CRON, expression, "UTC", null).phrase(Locale.ENGLISH))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CRON | 0 0 8 ? * SAT,SUN | 星期六、星期日 08:00",
                "CRON | 0 0/15 8-17 ? * MON-FRI | 星期一至星期五，08:00 至 17:59 每 15 分钟",
                "UNIX_CRON | 0 8 1 12 * | 十二月，每月 1 日 08:00",
                "DATES | every 3 months from 2026-01-01 at 18:00 on last working day "
                        + "| 每 3 个月，最后一个工作日 18:00，从 2026-01-01 起",
                "DELAY | PT5M | 上次运行结束 5m 之后"
            })
    void sentences_are_in_the_readers_language(Kind kind, String expression, String said) {
        ResourceBundle chinese = ResourceBundle.getBundle("messages", Locale.SIMPLIFIED_CHINESE);
        assertThat(new When(kind, expression, "UTC", null)
                        .phrase(Locale.SIMPLIFIED_CHINESE)
                        .in(chinese::getString))
                .isEqualTo(said);
    }
}
