package io.yardmaster.job;

import java.util.regex.Pattern;

/** What people typed, judged. */
final class Text {
    private static final Pattern UNPAIRED_SURROGATE = Pattern.compile("\\p{Cs}");

    private Text() {}

    /** Whether PostgreSQL, files and environments can hold it: no NUL and no half of a surrogate pair. */
    static boolean isStorable(String value) {
        return value.indexOf('\0') < 0 && !UNPAIRED_SURROGATE.matcher(value).find();
    }
}
