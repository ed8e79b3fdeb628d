package io.yardmaster.web.schedule;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** What the calendar calls its parts, in the reader's language. */
final class Names {
    private Names() {}

    static String of(DayOfWeek day, Locale locale) {
        return day.getDisplayName(TextStyle.FULL, locale);
    }

    static String of(Month month, Locale locale) {
        return month.getDisplayName(TextStyle.FULL_STANDALONE, locale);
    }

    static String joined(List<String> names, Locale locale) {
        return String.join(isChinese(locale) ? "、" : ", ", names);
    }

    /** From one to another. */
    static String range(String from, String to) {
        return from + "–" + to;
    }

    private static boolean isChinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }
}
