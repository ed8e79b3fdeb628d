package io.yardmaster.web.queue;

import io.yardmaster.database.Invalid;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;

/** A queue as a form. */
final class QueueForm {
    private QueueForm() {}

    /** To begin with. */
    static Form blank(String namespace) {
        return fill(Form.empty(), new QueueDraft(namespace, "", "", null, null, null, null, null));
    }

    static Form fill(Form form, QueueDraft draft) {
        return form.with("namespace", draft.namespace())
                .with("name", draft.name())
                .with("description", draft.description())
                .with("policy", draft.policy())
                .with("balancer", draft.balancer())
                .with("shadow", draft.shadow())
                .with(
                        "maxRunning",
                        draft.maxRunning() == null ? null : draft.maxRunning().toString())
                .with("weight", draft.weight().toString());
    }

    /** What the form asks for, as far as it can be read; what cannot is added to {@code problems}. */
    static QueueDraft draft(Form form, Invalid.Problems problems) {
        return new QueueDraft(
                form.text("namespace"),
                form.text("name"),
                form.text("description"),
                blankAsNull(form.text("policy")),
                blankAsNull(form.text("balancer")),
                blankAsNull(form.text("shadow")),
                Amounts.number("maxRunning", form.value("maxRunning"), problems),
                Amounts.number("weight", form.value("weight"), problems));
    }

    private static String blankAsNull(String typed) {
        return typed.isEmpty() ? null : typed;
    }
}
