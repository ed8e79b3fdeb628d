package io.yardmaster.agent;

import io.yardmaster.database.Invalid;
import java.util.List;

/** What a message must hold to before it is looked at. */
final class Checks {
    private Checks() {}

    static void size(String field, List<?> list, int most) {
        if (list == null) {
            throw new Invalid(field, null, "is absent; send a list, which may be empty");
        }
        if (list.size() > most) {
            throw new Invalid(field, list.size() + " elements", "must have at most " + most + " elements");
        }
    }

    static long id(String field, String text) {
        try {
            if (text != null && Refs.isId(text)) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException tooLarge) {
            // nineteen digits can be too much
        }
        throw new Invalid(field, text, "must be the decimal digits of an id");
    }

    static void range(Invalid.Problems problems, String field, long value, long most) {
        problems.check(value >= 0 && value <= most, field, value, "must be from 0 to " + most);
    }

    /** Required, and short enough for its column. */
    static void text(Invalid.Problems problems, String field, String value, int longest) {
        problems.check(
                value != null && !value.isBlank() && value.length() <= longest && value.indexOf('\0') < 0,
                field,
                value,
                "must have 1 to " + longest + " characters, none of them U+0000");
    }
}
