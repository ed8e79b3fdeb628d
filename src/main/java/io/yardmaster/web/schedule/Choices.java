package io.yardmaster.web.schedule;

import io.yardmaster.database.Invalid;
import io.yardmaster.web.form.Form;
import java.util.Arrays;
import java.util.stream.Collectors;

/** One of several, as a field of a form. */
public final class Choices {
    private Choices() {}

    /** Null for a blank, and for what is none of them, which is added to {@code problems}. */
    public static <E extends Enum<E>> E read(Form form, String field, Class<E> type, Invalid.Problems problems) {
        String typed = form.text(field);
        if (typed.isEmpty()) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(typed)) {
                return constant;
            }
        }
        String allowed = Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
        problems.add(field, typed, "invalid.choice.optional", allowed);
        return null;
    }

    /** Null for null. */
    static String written(Enum<?> chosen) {
        return chosen == null ? null : chosen.name();
    }
}
