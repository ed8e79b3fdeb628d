package io.yardmaster.web.api;

import io.yardmaster.database.Missing;
import java.util.regex.Pattern;

/** Ids travel as strings, since 64 bits do not fit every JSON reader. */
public final class Ids {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");

    private Ids() {}

    /** @throws Missing if it is none: then there is no such object either */
    public static long read(String kind, String id) {
        try {
            if (DIGITS.matcher(id).matches()) {
                return Long.parseLong(id);
            }
        } catch (NumberFormatException tooLarge) {
            // nineteen digits can be too much
        }
        throw new Missing(kind + " " + (id.length() <= 40 ? id : id.substring(0, 40) + "…"));
    }

    /** Null for null. */
    public static String written(Long id) {
        return id == null ? null : id.toString();
    }
}
