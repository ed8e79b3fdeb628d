package io.yardmaster.web;

import io.yardmaster.database.Invalid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was wrong with a form, by field; a template asks {@code problems.of('name')}. */
public final class FieldProblems {
    /** Of a form that nobody has sent yet. */
    static final FieldProblems NONE = new FieldProblems(Map.of());

    private final Map<String, String> messages;

    private FieldProblems(Map<String, String> messages) {
        this.messages = messages;
    }

    static FieldProblems of(Invalid invalid, Words words) {
        Map<String, String> messages = new LinkedHashMap<>();
        invalid.problems()
                .forEach(problem -> messages.merge(problem.field(), words.of(problem.said()), (a, b) -> a + "; " + b));
        return new FieldProblems(messages);
    }

    /** The message for {@code field}; null if there was nothing wrong with it. */
    public String of(String field) {
        return messages.get(field);
    }

    /** Those of no field in {@code shown}: told at the top of the form, so that none is swallowed. */
    public List<String> besides(List<String> shown) {
        return messages.entrySet().stream()
                .filter(entry -> !shown.contains(entry.getKey()))
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    public boolean any() {
        return !messages.isEmpty();
    }
}
