package io.yardmaster.web.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FormTest {
    @Test
    void a_form_holds_what_was_typed_blanks_and_all() {
        Form form = Form.of(Map.of("name", List.of(" Nightly! ")));
        assertThat(form.value("name")).isEqualTo(" Nightly! ");
        assertThat(form.text("name")).isEqualTo("Nightly!");
    }

    @Test
    void line_ends_become_those_of_a_script() {
        assertThat(Form.of(Map.of("script", List.of("a\r\nb"))).value("script")).isEqualTo("a\nb");
    }

    @Test
    void a_field_that_was_not_sent_is_blank_and_a_box_not_ticked() {
        assertThat(Form.empty().value("name")).isEmpty();
        assertThat(Form.empty().ticked("enabled")).isFalse();
        assertThat(Form.empty().with("enabled", true).ticked("enabled")).isTrue();
        assertThat(Form.empty().with("enabled", true).with("enabled", false).ticked("enabled"))
                .isFalse();
    }
}
