package io.yardmaster.timetable;

/**
 * The values that a field of a cron expression may have.
 *
 * @param names in the order of their values, each three letters after a space; empty if there are none
 */
record FieldValues(int least, int most, String names) {
    static final String MONTHS = " JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC";
    static final String WEEKDAYS = " SUN MON TUE WED THU FRI SAT";

    /** The value that {@code text} says by number or name, or -1 if it says none of them. */
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
}
