package io.yardmaster.web.job;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.Overlap;
import io.yardmaster.job.Retry;
import io.yardmaster.job.RunRules;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a job says of its runs, as fields of its form, which have the names that the document's have. */
final class RunRulesForm {
    /** Fields beside which problems are told. */
    static final List<String> SHOWN = List.of(
            "retry",
            "retry.count",
            "retry.delay",
            "retry.backoff",
            "retry.maxDelay",
            "retry.jitter",
            "retry.on",
            "overlap.policy",
            "overlap.maxParallel",
            "overlap.maxWaiting",
            "warnAfter",
            "expiresAfter",
            "priority",
            "deadline");

    private RunRulesForm() {}

    /** Ticks what is usual for whoever begins to fill in the rest. */
    static Form blank(Form form) {
        return urgency(form, RunRules.STANDARD)
                .with("overlap.policy", Overlap.Policy.ALLOW.name())
                .with("retry.on", names(new Retry(null, null, null, null, null, null)));
    }

    private static Form urgency(Form form, RunRules rules) {
        return form.with("priority", rules.priority().toString()).with("deadline", Amounts.ofSeconds(rules.deadline()));
    }

    static Form fill(Form form, RunRules rules) {
        Form filled = overlap(urgency(blank(form), rules), rules.overlap())
                .with("warnAfter", seconds(rules.warnAfter()))
                .with("expiresAfter", seconds(rules.expiresAfter()));
        Retry retry = rules.retry();
        if (retry == null) {
            return filled;
        }
        return filled.with("retry.count", retry.count().toString())
                .with("retry.delay", Amounts.ofSeconds(retry.delay()))
                .with(
                        "retry.backoff",
                        new BigDecimal(retry.backoff()).stripTrailingZeros().toPlainString())
                .with("retry.maxDelay", Amounts.ofSeconds(retry.maxDelay()))
                .with("retry.jitter", Amounts.ofSeconds(retry.jitter()))
                .with("retry.on", names(retry));
    }

    static RunRules read(Form form, Invalid.Problems problems) {
        return new RunRules(
                retry(form, problems),
                overlap(form, problems),
                Amounts.seconds("warnAfter", form.value("warnAfter"), problems),
                Amounts.seconds("expiresAfter", form.value("expiresAfter"), problems),
                Amounts.signed("priority", form.value("priority"), problems),
                Amounts.seconds("deadline", form.value("deadline"), problems));
    }

    private static Form overlap(Form form, Overlap overlap) {
        return overlap == null
                ? form
                : form.with("overlap.policy", overlap.policy().name())
                        .with("overlap.maxParallel", text(overlap.maxParallel()))
                        .with("overlap.maxWaiting", text(overlap.maxWaiting()));
    }

    private static Overlap overlap(Form form, Invalid.Problems problems) {
        String typed = form.text("overlap.policy");
        Optional<Overlap.Policy> policy = Stream.of(Overlap.Policy.values())
                .filter(one -> one.name().equals(typed))
                .findFirst();
        problems.check(
                policy.isPresent() || typed.isEmpty(),
                "overlap.policy",
                typed,
                "invalid.choice",
                List.of(Overlap.Policy.values()));
        return new Overlap(
                policy.orElse(null),
                Amounts.number("overlap.maxParallel", form.value("overlap.maxParallel"), problems),
                Amounts.number("overlap.maxWaiting", form.value("overlap.maxWaiting"), problems));
    }

    private static String seconds(Long seconds) {
        return seconds == null ? null : Amounts.ofSeconds(seconds);
    }

    private static String text(Integer number) {
        return number == null ? null : number.toString();
    }

    /** None without a count; what else is typed then would be lost unseen, and is refused. */
    private static Retry retry(Form form, Invalid.Problems problems) {
        Integer count = Amounts.number("retry.count", form.value("retry.count"), problems);
        if (form.text("retry.count").isEmpty()) {
            boolean more = Stream.of("delay", "backoff", "maxDelay", "jitter")
                    .anyMatch(field -> !form.text("retry." + field).isEmpty());
            problems.check(!more, "retry.count", null, "invalid.retry.count");
            return null;
        }
        return new Retry(
                count,
                Amounts.seconds("retry.delay", form.value("retry.delay"), problems),
                decimal(form, problems),
                Amounts.seconds("retry.maxDelay", form.value("retry.maxDelay"), problems),
                Amounts.seconds("retry.jitter", form.value("retry.jitter"), problems),
                outcomes(form));
    }

    private static Double decimal(Form form, Invalid.Problems problems) {
        String typed = form.text("retry.backoff");
        try {
            return typed.isEmpty() ? null : Double.valueOf(typed);
        } catch (NumberFormatException notOne) {
            problems.add("retry.backoff", typed, "invalid.decimal");
            return null;
        }
    }

    private static List<Retry.Outcome> outcomes(Form form) {
        List<String> ticked = form.values("retry.on");
        return Stream.of(Retry.Outcome.values())
                .filter(outcome -> ticked.contains(outcome.name()))
                .toList();
    }

    private static List<String> names(Retry retry) {
        return retry.on().stream().map(Enum::name).toList();
    }
}
