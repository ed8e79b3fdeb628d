package io.yardmaster.timetable;

/** A timetable that says nothing sensible. The message names the field, its value and what would be right. */
public final class BadTimetable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final int position;

    BadTimetable(String field, String value, int position, String message) {
        super(message);
        this.field = field;
        this.value = value;
        this.position = position;
    }

    /** {@code cron}, {@code zone}, or the cron field that is wrong, such as {@code hour}. */
    public String field() {
        return field;
    }

    /** What was given there. */
    public String value() {
        return value;
    }

    /** Where in the expression it stands, counted from 1; 0 if it is about no one place. */
    public int position() {
        return position;
    }
}
