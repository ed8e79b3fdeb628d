package io.yardmaster.timetable;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** A timetable that says nothing sensible. The message names the field, its value and what would be right. */
public final class BadTimetable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final int position;
    private final String key;
    private final transient List<Object> arguments;

    /** @param more what the message of {@code key} takes beside the value, {@code {0}}, and the position, {@code {1}} */
    BadTimetable(String field, String value, int position, String key, Object... more) {
        super(key);
        this.field = field;
        this.value = value;
        this.position = position;
        this.key = key;
        List<Object> all = new ArrayList<>(List.of(value, position));
        all.addAll(Arrays.asList(more));
        this.arguments = List.copyOf(all);
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

    /** Of what {@link #getMessage} says in English. */
    public String key() {
        return key;
    }

    /** What belongs into the message of {@link #key}. */
    public Object[] arguments() {
        return arguments.toArray();
    }

    @Override
    public String getMessage() {
        String pattern = ResourceBundle.getBundle("messages", Locale.ROOT).getString(key);
        Object[] texts = arguments.stream().map(String::valueOf).toArray();
        return new MessageFormat(pattern, Locale.ROOT).format(texts);
    }
}
