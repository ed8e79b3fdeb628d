package io.yardmaster.timetable;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Words that stand for a whole cron expression, as crontab(5) has them. */
enum CronWord {
    YEARLY("0 0 1 1 *", "0 0 0 1 1 ?"),
    ANNUALLY("0 0 1 1 *", "0 0 0 1 1 ?"),
    MONTHLY("0 0 1 * *", "0 0 0 1 * ?"),
    WEEKLY("0 0 * * 0", "0 0 0 ? * 1"),
    DAILY("0 0 * * *", "0 0 0 * * ?"),
    MIDNIGHT("0 0 * * *", "0 0 0 * * ?"),
    HOURLY("0 * * * *", "0 0 * * * ?");

    private final String unix;
    private final String quartz;

    CronWord(String unix, String quartz) {
        this.unix = unix;
        this.quartz = quartz;
    }

    /** What {@code expression} stands for in crontab(5)'s dialect; itself if it is no word. */
    static String inUnix(String expression) {
        return expression.startsWith("@") ? of(expression).unix : expression;
    }

    /** What {@code expression} stands for in Quartz's dialect; itself if it is no word. */
    static String inQuartz(String expression) {
        return expression.startsWith("@") ? of(expression).quartz : expression;
    }

    private static CronWord of(String word) {
        return Arrays.stream(values())
                .filter(known -> word.equals("@" + known.name()))
                .findFirst()
                .orElseThrow(() -> new BadTimetable("cron", word, 1, "invalid.cron.word", all()));
    }

    private static String all() {
        return Arrays.stream(values())
                .map(known -> "@" + known.name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
