package io.yardmaster.web;

import io.yardmaster.database.Invalid;
import java.util.HashMap;
import java.util.Map;

/**
 * A template and what it shows. Immutable. Beside its own model a template sees the request's {@link Surroundings}.
 *
 * @param template path below {@code templates/} without ending, as in {@code account/list}
 * @param status HTTP status
 */
public record Page(String template, int status, Map<String, Object> model) implements View {
    static final String REFUSED = "refused";
    private static final int OK = 200;
    private static final int UNPROCESSABLE = 422;

    public static Page of(String template) {
        return new Page(template, OK, Map.of());
    }

    /** With {@code value}, which may be null, as {@code name}. */
    public Page with(String name, Object value) {
        Map<String, Object> more = new HashMap<>(model);
        more.put(name, value);
        return new Page(template, status, more);
    }

    /** The same form again, because its input was refused; fields find their message in {@code problems}. */
    public Page refused(Invalid because) {
        return with(REFUSED, because).status(UNPROCESSABLE);
    }

    public Page status(int other) {
        return new Page(template, other, model);
    }
}
