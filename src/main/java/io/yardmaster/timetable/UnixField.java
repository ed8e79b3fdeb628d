package io.yardmaster.timetable;

import java.util.Locale;

/** The fields of crontab(5) in their order, and the values that each may have. */
enum UnixField {
    MINUTE("minute", 0, 59, ""),
    HOUR("hour", 0, 23, ""),
    DAY_OF_MONTH("day of month", 1, 31, ""),
    MONTH("month", 1, 12, " JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    DAY_OF_WEEK("day of week", 0, 7, " SUN MON TUE WED THU FRI SAT");

    private final String label;
    private final int least;
    private final int most;
    /** In the order of their values, each three letters after a space. */
    private final String names;

    UnixField(String label, int least, int most, String names) {
        this.label = label;
        this.least = least;
        this.most = most;
        this.names = names;
    }

    String label() {
        return label;
    }

    int least() {
        return least;
    }

    /** The highest that {@code *} and an open step reach: Sunday is counted once. */
    int most() {
        return this == DAY_OF_WEEK ? 6 : most;
    }

    /** The value that {@code text} says by number or name, or -1 if it says none of this field's. */
    int value(String text) {
        int named = text.length() == 3 ? names.indexOf(" " + text) : -1;
        if (named >= 0) {
            return least + named / 4;
        }
        if (!text.matches("[0-9]{1,4}")) {
            return -1;
        }
        int number = Integer.parseInt(text);
        return number >= least && number <= most ? number : -1;
    }

    /** As {@link #value}, where a range ends: a week that ends with Sunday ends with 7. */
    int end(String text) {
        int value = value(text);
        return this == DAY_OF_WEEK && value == 0 ? most : value;
    }

    /** One value for what has two: Sunday is 0 and 7. */
    int inRange(int value) {
        return this == DAY_OF_WEEK ? value % 7 : value;
    }

    /** Of the message that says what may stand here. */
    String messageKey() {
        return "invalid.unix." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
