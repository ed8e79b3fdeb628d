package io.yardmaster.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Text;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The variables of a condition: each true or false, a whole number or a text, and of that type for good.
 *
 * @param values {@link Boolean}, {@link Long} or {@link String} by name, which is one of CEL that needs no quotes
 */
public record Variables(SortedMap<String, Object> values) {
    static final int MOST = 20;
    static final int LONGEST_TEXT = 1000;

    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9_]{0,49}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
    /** Of CEL: Common Expression Language specification, section "Syntax". */
    private static final Pattern RESERVED = Pattern.compile(
            "true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void|while");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    public Variables {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** From texts: what reads {@code true} or {@code false} or as a whole number is one. */
    public static Variables of(Map<String, String> texts) {
        SortedMap<String, Object> values = new TreeMap<>();
        texts.forEach((name, text) -> values.put(name, typed(text == null ? "" : text)));
        return new Variables(values);
    }

    /** Of a column {@code variables}; null of what is no condition. */
    public static Variables ofColumn(String json) {
        return json == null ? null : fromJson(json);
    }

    static Variables fromJson(String json) {
        try {
            return new Variables(JSON.readValue(json, new TypeReference<TreeMap<String, Object>>() {}));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("variables of a condition cannot be read", failure);
        }
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("variables of a condition cannot be written", failure);
        }
    }

    /** Values as people write them, by name, of what was written as such. */
    public static Map<String, String> texts(String json) {
        try {
            return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("values of variables cannot be read", failure);
        }
    }

    /** The values as people write them, by name. */
    public SortedMap<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> texts.put(name, value.toString()));
        return texts;
    }

    /** Adds what is wrong with them as those of a condition. */
    void check(Invalid.Problems problems) {
        problems.check(values.size() <= MOST, "variables", values.size(), "invalid.variables.count", MOST);
        values.forEach((name, value) -> {
            boolean named =
                    NAME.matcher(name).matches() && !RESERVED.matcher(name).matches();
            problems.check(named, "variables", name, "invalid.variables.name");
            if (value instanceof String text) {
                Text.check("variables." + name, text, LONGEST_TEXT, problems);
            }
        });
    }

    /**
     * With other values of some of them.
     *
     * @param given as texts, each to be read as what the variable is
     * @throws Invalid if one of them is not among these, or its text is not of its type
     */
    Variables with(Map<String, String> given) {
        Invalid.Problems problems = new Invalid.Problems();
        SortedMap<String, Object> changed = new TreeMap<>(values);
        given.forEach((name, text) -> {
            String field = "variables." + name;
            Object now = values.get(name);
            if (now == null) {
                problems.add(field, text, "invalid.variables.unknown", String.join(", ", values.keySet()));
            } else if (now instanceof String) {
                String said = text == null ? "" : text;
                Text.check(field, said, LONGEST_TEXT, problems);
                changed.put(name, said);
            } else {
                Object value = typed(text == null ? "" : text.strip());
                boolean fits = value.getClass() == now.getClass();
                problems.check(
                        fits,
                        field,
                        text,
                        now instanceof Boolean ? "invalid.variables.flag" : "invalid.variables.number");
                changed.put(name, value);
            }
        });
        problems.throwIfAny();
        return new Variables(changed);
    }

    /** Which of {@code given}, as of {@link #with}, are none of these or not of their types. */
    public List<Invalid.Problem> misfits(Map<String, String> given) {
        try {
            with(given);
            return List.of();
        } catch (Invalid invalid) {
            return invalid.problems();
        }
    }

    /** These, with the values that {@code now} has for those of the same name and type. */
    Variables keeping(Variables now) {
        SortedMap<String, Object> kept = new TreeMap<>(values);
        kept.replaceAll((name, first) -> {
            Object value = now.values().get(name);
            return value != null && value.getClass() == first.getClass() ? value : first;
        });
        return new Variables(kept);
    }

    private static Object typed(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return NUMBER.matcher(text).matches() ? Long.valueOf(text) : text;
    }
}
