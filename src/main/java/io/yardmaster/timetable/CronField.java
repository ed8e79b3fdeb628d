package io.yardmaster.timetable;

/** The fields of a cron expression in their order, and the values that each may have. */
enum CronField {
    SECOND(0, "second", 0, 59, ""),
    MINUTE(1, "minute", 0, 59, ""),
    HOUR(2, "hour", 0, 23, ""),
    DAY_OF_MONTH(3, "day of month", 1, 31, ""),
    MONTH(4, "month", 1, 12, " JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    DAY_OF_WEEK(5, "day of week", 1, 7, " SUN MON TUE WED THU FRI SAT"),
    YEAR(6, "year", 1970, 2099, "");

    private final int place;
    private final String label;
    private final int least;
    private final int most;
    /** In the order of their values, each three letters after a space. */
    private final String names;

    CronField(int place, String label, int least, int most, String names) {
        this.place = place;
        this.label = label;
        this.least = least;
        this.most = most;
        this.names = names;
    }

    /** Its place in the expression, from 0. */
    int place() {
        return place;
    }

    String label() {
        return label;
    }

    /** How many values there are. */
    int span() {
        return most - least + 1;
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

    /** Of the message that says what may stand here. */
    String messageKey() {
        return "invalid.cron." + label.replace(' ', '-');
    }
}
