package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FailureTest {
    /** A request's body. */
    record Body(Map<String, String> parameters) {}

    // S21
    @ParameterizedTest
    @ValueSource(strings = {"{\"parameters\":[]}", "{\"unheard\":1}", "[]", "{\"parameters\":", "{", "{a}"})
    void a_body_of_another_shape_is_refused_without_the_names_of_our_classes(String json) {
        Failure failure = Failure.of(refusalOf(json));
        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isNotBlank()
                        .doesNotContain("java.", "yardmaster", "JsonToken", "Source"));
    }

    @Test
    void an_unknown_field_is_told_with_those_that_are_known() {
        assertThat(Failure.of(refusalOf("{\"unheard\":1}")).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("unheard");
                    assertThat(problem.message()).contains("[parameters]");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "22021, 422",
        "22008, 422",
        "23505, 500",
        "08006, 503",
        "57P01, 503",
        "55P03, 503",
        "57014, 503",
        "40P01, 503",
        "40001, 503"
    })
    void what_no_column_can_hold_is_the_callers_fault_and_what_passes_is_nobodys(String state, int status) {
        Failure failure = Failure.of(new IllegalStateException(new SQLException("of the database", state)));
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.detail()).doesNotContain("of the database");
        assertThat(failure.problems()).isEqualTo(List.of());
    }

    private static JsonProcessingException refusalOf(String json) {
        try {
            throw new AssertionError("was read: " + Json.mapper().readValue(json, Body.class));
        } catch (JsonProcessingException refused) {
            return refused;
        }
    }
}
