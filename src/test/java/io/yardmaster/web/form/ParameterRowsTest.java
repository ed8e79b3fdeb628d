package io.yardmaster.web.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.database.Invalid;
import io.yardmaster.web.form.ParameterRows.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ParameterRowsTest {
    private final Invalid.Problems problems = new Invalid.Problems();

    @Test
    void rows_become_parameters_and_blank_ones_nothing() {
        assertThat(ParameterRows.read(form(List.of("A", "", " B "), List.of("1", "", " 2 ")), problems))
                .isEqualTo(Map.of("A", "1", "B", " 2 "));
        assertThat(problems.none()).isTrue();
    }

    @Test
    void a_name_may_stand_once_and_a_value_needs_one() {
        ParameterRows.read(form(List.of("A", "A", ""), List.of("1", "2", "3")), problems);
        assertThat(problems.all())
                .extracting(Invalid.Problem::message)
                .containsExactly("A stands in two rows: keep one", "the value '3' has no name: give it one");
    }

    @Test
    void what_was_typed_stays_and_there_is_room_for_more() {
        assertThat(ParameterRows.of(form(List.of("A", ""), List.of("1", "lost"))))
                .containsExactly(new Row("A", "1"), new Row("", "lost"), new Row("", ""), new Row("", ""));
    }

    @Test
    void parameters_fill_the_rows_they_are_read_from() {
        Map<String, String> parameters = Map.of("FROM", "a\nb");
        assertThat(ParameterRows.read(ParameterRows.fill(Form.empty(), parameters), problems))
                .isEqualTo(parameters);
    }

    @Test
    void a_problem_of_one_parameter_is_told_at_the_rows() {
        Invalid invalid = new Invalid("parameters.HOME", "x", "invalid.number");
        assertThat(ParameterRows.atRows(invalid).problems())
                .extracting(Invalid.Problem::field, Invalid.Problem::value, Invalid.Problem::message)
                .containsExactly(tuple("parameters", "x", "HOME is a whole number, such as 90"));
    }

    private static Form form(List<String> names, List<String> values) {
        return Form.of(Map.of("parameter.name", names, "parameter.value", values));
    }
}
