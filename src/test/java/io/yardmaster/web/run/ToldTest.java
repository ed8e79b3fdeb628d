package io.yardmaster.web.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ToldTest {
    private static final ResourceBundle CHINESE = ResourceBundle.getBundle("messages", Locale.SIMPLIFIED_CHINESE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit code 7                                    | 退出码 7",
                "ended by signal 15                             | 被信号 15 终止",
                "ended when its time limit of 2.0 s was over    | 超过时限 2.0 秒而被终止",
                "exit code 1; results are no JSON {0}           | 退出码 1；results are no JSON {0}",
                "skipped, since as many runs as may (5) waited in queue shop/night | 已跳过：队列 shop/night 中等待的运行已达上限（5）",
                "the disk '{0}' is full                         | the disk '{0}' is full",
                "exit code many                                 | exit code many"
            })
    void what_nodes_say_is_said_in_both_languages_and_what_tasks_say_stays(String message, String chinese) {
        assertThat(Told.of(message).english()).isEqualTo(message);
        assertThat(Told.of(message).in(CHINESE::getString)).isEqualTo(chinese);
    }

    @Test
    void nothing_said_is_nothing() {
        assertThat(Told.of(null)).isNull();
    }
}
