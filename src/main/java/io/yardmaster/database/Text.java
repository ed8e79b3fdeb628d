package io.yardmaster.database;

import java.util.regex.Pattern;

/** What people typed, judged. */
public final class Text {
    private static final char UNKNOWN = '\ufffd';
    private static final Pattern UNPAIRED_SURROGATE = Pattern.compile("\\p{Cs}");

    private Text() {}

    /** With the sign for an unknown character in the place of what {@link #isStorable cannot be stored}. */
    public static String storable(String value) {
        return UNPAIRED_SURROGATE.matcher(value.replace('\0', UNKNOWN)).replaceAll(String.valueOf(UNKNOWN));
    }

    /** Adds what is wrong with a text of at most {@code most} characters. */
    public static void check(String field, String value, int most, Invalid.Problems problems) {
        // as PostgreSQL counts: by character, where Java counts what lies beyond 16 bits twice
        int length = value.codePointCount(0, value.length());
        problems.check(length <= most, field, value, "invalid.length", length, most);
        problems.check(isStorable(value), field, value, "invalid.unstorable");
    }

    /** Whether PostgreSQL, files and environments can hold it: no NUL and no half of a surrogate pair. */
    public static boolean isStorable(String value) {
        return value.indexOf('\0') < 0 && !UNPAIRED_SURROGATE.matcher(value).find();
    }
}
