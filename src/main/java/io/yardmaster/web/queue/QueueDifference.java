package io.yardmaster.web.queue;

import io.yardmaster.queue.QueueDraft;
import io.yardmaster.web.form.Form;
import java.util.List;

/**
 * A field of a queue that says something else than was typed.
 *
 * @param label message key of the field
 * @param said message key of what it says, null if {@code text} is what it says
 * @param text what it says as it would be typed; a dash for nothing
 */
public record QueueDifference(String label, String said, String text) {
    /** Fields in the order of the form, each with its label. */
    private static final List<Field> FIELDS = List.of(
            new Field("description", "job.description", null),
            new Field("policy", "queue.policy", "queue.policy."),
            new Field("slowdown", "queue.slowdown", null),
            new Field("ageing", "queue.ageing", null),
            new Field("strict", "queue.strict", "queue.strict."),
            new Field("quantum", "queue.quantum", null),
            new Field("fairBy", "queue.fair-by", "queue.fair-by."),
            new Field("standardDeadline", "queue.standard-deadline", null),
            new Field("balancer", "queue.balancer", "queue.balancer."),
            new Field("shadow", "queue.shadow", "queue.balancer."),
            new Field("maxRunning", "queue.max-running", null),
            new Field("maxWaiting", "queue.max-waiting", null),
            new Field("weight", "queue.weight", null));

    private record Field(String name, String label, String named) {
        QueueDifference says(String value) {
            boolean word = named != null && !value.isEmpty();
            return new QueueDifference(label, word ? named + value : null, value.isEmpty() ? "–" : value);
        }
    }

    /** Where {@code theirs} differs from what {@code typed} asks for. */
    static List<QueueDifference> between(QueueDraft theirs, QueueDraft typed) {
        Form now = of(theirs);
        Form wanted = of(typed);
        return FIELDS.stream()
                .filter(field -> !now.value(field.name()).equals(wanted.value(field.name())))
                .map(field -> field.says(now.value(field.name())))
                .toList();
    }

    private static Form of(QueueDraft draft) {
        return QueueForm.fill(Form.empty(), draft);
    }
}
