package io.yardmaster.agent;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Text;
import java.util.List;

/** What a message must hold to before it is looked at. */
final class Checks {
    private Checks() {}

    static void size(String field, List<?> list, int most) {
        if (list == null) {
            throw new Invalid(field, null, "invalid.absent.list");
        }
        if (list.size() > most) {
            throw new Invalid(field, list.size() + " elements", "invalid.elements", most);
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
        throw new Invalid(field, text, "invalid.id");
    }

    static void range(Invalid.Problems problems, String field, long value, long most) {
        problems.check(value >= 0 && value <= most, field, value, "invalid.from-to", 0, most);
    }

    /** Required, and short enough for its column. */
    static void text(Invalid.Problems problems, String field, String value, int longest) {
        problems.check(
                value != null && !value.isBlank() && value.length() <= longest && Text.isStorable(value),
                field,
                value,
                "invalid.text",
                longest);
    }
}
