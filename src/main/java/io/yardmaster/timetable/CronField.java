package io.yardmaster.timetable;

/** The fields of Quartz's dialect in their order, and the values that each may have. */
enum CronField {
    SECOND(0, "second", new FieldValues(0, 59, "")),
    MINUTE(1, "minute", new FieldValues(0, 59, "")),
    HOUR(2, "hour", new FieldValues(0, 23, "")),
    DAY_OF_MONTH(3, "day of month", new FieldValues(1, 31, "")),
    MONTH(4, "month", new FieldValues(1, 12, FieldValues.MONTHS)),
    DAY_OF_WEEK(5, "day of week", new FieldValues(1, 7, FieldValues.WEEKDAYS)),
    YEAR(6, "year", new FieldValues(1970, 2099, ""));

    private final int place;
    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers and a text
    private final FieldValues values;

    CronField(int place, String label, FieldValues values) {
        this.place = place;
        this.label = label;
        this.values = values;
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
        return values.most() - values.least() + 1;
    }

    /** The value that {@code text} says by number or name, or -1 if it says none of this field's. */
    int value(String text) {
        return values.value(text);
    }

    /** Of the message that says what may stand here. */
    String messageKey() {
        return "invalid.cron." + label.replace(' ', '-');
    }
}
