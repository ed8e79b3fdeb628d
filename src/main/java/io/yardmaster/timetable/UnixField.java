package io.yardmaster.timetable;

/** The fields of crontab(5) in their order, and the values that each may have. */
enum UnixField {
    MINUTE("minute", new FieldValues(0, 59, "")),
    HOUR("hour", new FieldValues(0, 23, "")),
    DAY_OF_MONTH("day of month", new FieldValues(1, 31, "")),
    MONTH("month", new FieldValues(1, 12, FieldValues.MONTHS)),
    DAY_OF_WEEK("day of week", new FieldValues(0, 7, FieldValues.WEEKDAYS));

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers and a text
    private final FieldValues values;

    UnixField(String label, FieldValues values) {
        this.label = label;
        this.values = values;
    }

    String label() {
        return label;
    }

    int least() {
        return values.least();
    }

    /** The highest that {@code *} and an open step reach: Sunday is counted once. */
    int most() {
        return this == DAY_OF_WEEK ? 6 : values.most();
    }

    /** The value that {@code text} says by number or name, or -1 if it says none of this field's. */
    int value(String text) {
        return values.value(text);
    }

    /** As {@link #value}, where a range that began with {@code from} ends: a week that ends with Sunday ends with 7. */
    int end(String text, int from) {
        int value = value(text);
        return this == DAY_OF_WEEK && value == 0 && from > 0 ? 7 : value;
    }

    /** One value for what has two: Sunday is 0 and 7. */
    int inRange(int value) {
        return this == DAY_OF_WEEK ? value % 7 : value;
    }

    /** Of the message that says what may stand here. */
    String messageKey() {
        return "invalid.unix." + label.replace(' ', '-');
    }
}
