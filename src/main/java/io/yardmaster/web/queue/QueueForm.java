package io.yardmaster.web.queue;

import io.yardmaster.database.Invalid;
import io.yardmaster.queue.OrderPolicy;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.queue.QueueLimits;
import io.yardmaster.queue.QueueOrder;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import java.util.List;

/** A queue as a form. Of the fields that belong to an order policy only the chosen one's count. */
final class QueueForm {
    private static final List<String> FIELDS = List.of(
            "namespace",
            "name",
            "description",
            "policy",
            "slowdown",
            "ageing",
            "strict",
            "standardDeadline",
            "quantum",
            "fairBy",
            "balancer",
            "shadow",
            "maxRunning",
            "maxWaiting",
            "weight",
            "version");

    private QueueForm() {}

    /** A field that goes with another form unseen. */
    record Carried(String name, String value) {}

    /** To begin with. */
    static Form blank(String namespace) {
        return fill(Form.empty(), new QueueDraft(namespace, "", "", null, null, null, null));
    }

    static Form fill(Form form, QueueDraft draft) {
        return order(form, draft.order())
                .with("namespace", draft.namespace())
                .with("name", draft.name())
                .with("description", draft.description())
                .with("balancer", draft.balancer())
                .with("shadow", draft.shadow())
                .with("maxRunning", number(draft.limits().maxRunning()))
                .with("maxWaiting", number(draft.limits().maxWaiting()))
                .with("weight", number(draft.limits().weight()));
    }

    private static String number(Integer number) {
        return number == null ? null : number.toString();
    }

    /** Fields of other policies say what would be standard. */
    private static Form order(Form form, QueueOrder order) {
        Form filled = form.with("policy", order.policy()).with("strict", order.strict());
        for (OrderPolicy policy : OrderPolicy.values()) {
            QueueOrder shown = policy.name().equals(order.policy()) ? order : QueueOrder.of(policy);
            filled = switch (policy) {
                case FCFS -> filled;
                case FAIR -> filled.with("fairBy", shown.fairBy());
                case ROUND_ROBIN ->
                    filled.with("quantum", Amounts.ofSeconds(shown.quantum().longValue()));
                case SJF -> filled.with("slowdown", shown.slowdown().toString());
                case PRIORITY -> filled.with("ageing", Amounts.ofSeconds(shown.ageing()));
                case DEADLINE -> filled.with("standardDeadline", Amounts.ofSeconds(shown.standardDeadline()));
            };
        }
        return filled;
    }

    /** What the form asks for, as far as it can be read; what cannot is added to {@code problems}. */
    static QueueDraft draft(Form form, Invalid.Problems problems) {
        return new QueueDraft(
                form.text("namespace"),
                form.text("name"),
                form.text("description"),
                order(form, problems),
                blankAsNull(form.text("balancer")),
                blankAsNull(form.text("shadow")),
                limits(form, problems));
    }

    /** An empty limit is none. */
    static QueueLimits limits(Form form, Invalid.Problems problems) {
        return new QueueLimits(
                Amounts.number("maxRunning", form.value("maxRunning"), problems),
                Amounts.number("maxWaiting", form.value("maxWaiting"), problems),
                Amounts.number("weight", form.value("weight"), problems));
    }

    private static QueueOrder order(Form form, Invalid.Problems problems) {
        String policy = blankAsNull(form.text("policy"));
        boolean strict = form.ticked("strict");
        Invalid.Problems elsewhere = new Invalid.Problems();
        QueueOrder all = new QueueOrder(
                policy,
                Amounts.number("slowdown", form.value("slowdown"), "SJF".equals(policy) ? problems : elsewhere),
                Amounts.seconds(
                        "ageing", form.value("ageing"), "PRIORITY".equals(policy) && !strict ? problems : elsewhere),
                strict,
                Amounts.seconds(
                        "standardDeadline",
                        form.value("standardDeadline"),
                        "DEADLINE".equals(policy) ? problems : elsewhere),
                blankAsNull(form.text("fairBy")),
                quantum(form, "ROUND_ROBIN".equals(policy) ? problems : elsewhere));
        return all.trimmed();
    }

    private static Integer quantum(Form form, Invalid.Problems problems) {
        Long seconds = Amounts.seconds("quantum", form.value("quantum"), problems);
        return seconds == null ? null : Integer.valueOf((int) Math.min(seconds, Integer.MAX_VALUE));
    }

    /** Every field, to go with a page that asks once more. */
    static List<Carried> carried(Form form) {
        return FIELDS.stream()
                .flatMap(name -> form.values(name).stream().map(value -> new Carried(name, value)))
                .toList();
    }

    private static String blankAsNull(String typed) {
        return typed.isEmpty() ? null : typed;
    }
}
