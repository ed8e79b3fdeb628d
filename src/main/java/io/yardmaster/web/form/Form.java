package io.yardmaster.web.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form as somebody filled it in. It holds exactly what was typed, so that a refused form comes back as it was sent.
 * Templates ask {@code form.value('name')}.
 */
public final class Form {
    private static final String TICKED = "true";

    private final Map<String, List<String>> typed;

    private Form(Map<String, List<String>> typed) {
        this.typed = typed;
    }

    /** What a request brought: its fields, each with its values in order. */
    public static Form of(Map<String, List<String>> sent) {
        Map<String, List<String>> typed = new LinkedHashMap<>();
        // browsers send line ends as CR LF, whatever was typed
        sent.forEach((name, values) -> typed.put(
                name, values.stream().map(value -> value.replace("\r\n", "\n")).toList()));
        return new Form(typed);
    }

    public static Form empty() {
        return new Form(Map.of());
    }

    /** The field's value; empty if it was not sent. */
    public String value(String field) {
        List<String> values = values(field);
        return values.isEmpty() ? "" : values.get(0);
    }

    /** The value without the blanks around it, which nobody means in a name, a number or an expression. */
    public String text(String field) {
        return value(field).strip();
    }

    public List<String> values(String field) {
        return typed.getOrDefault(field, List.of());
    }

    /** Whether the check box was ticked. */
    public boolean ticked(String field) {
        return typed.containsKey(field);
    }

    /** This form, and what {@code base} has in the fields that this one lacks. */
    public Form on(Form base) {
        Map<String, List<String>> both = new LinkedHashMap<>(base.typed);
        both.putAll(typed);
        return new Form(both);
    }

    /** This form with another value in one field; null takes it away. */
    public Form with(String field, String value) {
        return with(field, value == null ? List.of() : List.of(value));
    }

    public Form with(String field, List<String> values) {
        Map<String, List<String>> changed = new LinkedHashMap<>(typed);
        if (values.isEmpty()) {
            changed.remove(field);
        } else {
            changed.put(field, List.copyOf(values));
        }
        return new Form(changed);
    }

    /** This form with a check box ticked, or not. */
    public Form with(String field, boolean ticked) {
        return with(field, ticked ? TICKED : null);
    }
}
