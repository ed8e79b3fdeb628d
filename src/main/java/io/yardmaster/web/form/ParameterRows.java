package io.yardmaster.web.form;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Said;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters as rows of a form: fields {@code parameter.name} and {@code parameter.value}, paired by their order. */
public final class ParameterRows {
    private static final String NAME = "parameter.name";
    private static final String VALUE = "parameter.value";
    private static final String FIELD = "parameters";
    private static final int BLANK_ROWS = 2;

    /** One row as typed. */
    public record Row(String name, String value) {
        boolean blank() {
            return name.isBlank() && value.isEmpty();
        }
    }

    private ParameterRows() {}

    /** What was typed, and rows to type more into. */
    public static List<Row> of(Form form) {
        List<Row> rows = new ArrayList<>(filled(form));
        for (int i = 0; i < BLANK_ROWS; i++) {
            rows.add(new Row("", ""));
        }
        return rows;
    }

    /** The rows by name; a name that is missing or comes twice is added to {@code problems}. */
    public static Map<String, String> read(Form form, Invalid.Problems problems) {
        Map<String, String> read = new LinkedHashMap<>();
        for (Row row : filled(form)) {
            String name = row.name().strip();
            if (name.isEmpty()) {
                problems.add(FIELD, row.value(), "invalid.parameter.no-name", shortened(row.value()));
            } else if (read.putIfAbsent(name, row.value()) != null) {
                problems.add(FIELD, name, "invalid.parameter.twice", name);
            }
        }
        return read;
    }

    /** {@code form} with {@code parameters} as its rows. */
    public static Form fill(Form form, Map<String, String> parameters) {
        return form.with(NAME, List.copyOf(parameters.keySet())).with(VALUE, List.copyOf(parameters.values()));
    }

    /** Problems of single parameters, as in {@code parameters.HOME}, told where their rows stand. */
    public static Invalid atRows(Invalid invalid) {
        return new Invalid(
                invalid.problems().stream().map(ParameterRows::atRows).toList());
    }

    private static Invalid.Problem atRows(Invalid.Problem problem) {
        String start = FIELD + ".";
        return problem.field().startsWith(start)
                ? new Invalid.Problem(
                        FIELD,
                        problem.value(),
                        Said.of("invalid.of-one", problem.field().substring(start.length()), problem.said()))
                : problem;
    }

    private static List<Row> filled(Form form) {
        List<String> names = form.values(NAME);
        List<String> values = form.values(VALUE);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < Math.max(names.size(), values.size()); i++) {
            Row row = new Row(at(names, i), at(values, i));
            if (!row.blank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static String at(List<String> list, int index) {
        return index < list.size() ? list.get(index) : "";
    }

    private static String shortened(String value) {
        return value.length() <= 20 ? value : value.substring(0, 20) + "…";
    }
}
