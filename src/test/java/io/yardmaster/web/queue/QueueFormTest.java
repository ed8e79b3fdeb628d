package io.yardmaster.web.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Invalid;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.queue.QueueLimits;
import io.yardmaster.queue.QueueOrder;
import io.yardmaster.web.form.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueFormTest {
    private final Invalid.Problems problems = new Invalid.Problems();

    @Test
    void a_queue_and_its_form_say_the_same() {
        QueueDraft limited = new QueueDraft(
                "shop", "fast", "For small ones.", QueueOrder.FCFS, "ROUND_ROBIN", "STICKY", new QueueLimits(5, 70, 3));
        assertThat(QueueForm.draft(QueueForm.fill(Form.empty(), limited), problems))
                .isEqualTo(limited);
        assertThat(problems.none()).isTrue();
    }

    @Test
    void the_slice_of_round_robin_is_a_length_of_time() {
        Form form = QueueForm.blank("shop").with("policy", "ROUND_ROBIN");
        assertThat(QueueForm.draft(form, problems).order().quantum()).isEqualTo(10);
        assertThat(QueueForm.draft(form.with("quantum", "2m"), problems).order().quantum())
                .isEqualTo(120);
        assertThat(problems.none()).isTrue();
        assertThat(QueueForm.draft(form.with("policy", "FCFS"), problems)
                        .order()
                        .quantum())
                .isNull();
    }

    @Test
    void no_limit_is_a_blank() {
        assertThat(QueueForm.draft(QueueForm.blank("shop"), problems).limits()).isEqualTo(QueueLimits.NONE);
        assertThat(problems.none()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "-1", "1.5", "3 slots"})
    void a_limit_that_is_no_number_is_told_at_its_field(String typed) {
        QueueForm.draft(QueueForm.blank("shop").with("maxRunning", typed), problems);
        assertThat(problems.all()).extracting(Invalid.Problem::field).containsExactly("maxRunning");
    }
}
