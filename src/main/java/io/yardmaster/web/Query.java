package io.yardmaster.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The query of a link to the same page, such as the next one of a list. Immutable; empty values are left out. */
public final class Query {
    private final Map<String, String> parameters;

    private Query(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    public static Query of(String name, Object value) {
        return new Query(Map.of()).and(name, value);
    }

    /** With {@code name} set to {@code value}, in place of what it was. */
    public Query and(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value == null ? "" : value.toString());
        return new Query(more);
    }

    /** Beginning with {@code ?}. */
    @Override
    public String toString() {
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}
