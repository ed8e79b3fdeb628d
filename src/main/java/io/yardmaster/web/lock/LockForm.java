package io.yardmaster.web.lock;

import io.yardmaster.database.Invalid;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.lock.LockKind;
import io.yardmaster.lock.Variables;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A lock as a form. Permits count for a semaphore alone, variables for a condition. */
final class LockForm {
    private LockForm() {}

    /** To begin with. */
    static Form blank(String namespace) {
        return fill(new LockDraft(namespace, "", "", "", LockKind.MUTEX.name(), null));
    }

    static Form fill(LockDraft draft) {
        return Form.empty()
                .with("namespace", draft.namespace())
                .with("name", draft.name())
                .with("description", draft.description())
                .with("owner", draft.owner())
                .with("type", draft.kind())
                .with(
                        "permits",
                        draft.permits() == null ? null : draft.permits().toString())
                .with("variables", lines(draft.variables()));
    }

    /** What the form asks for, as far as it can be read; what cannot is added to {@code problems}. */
    static LockDraft draft(Form form, Invalid.Problems problems) {
        boolean semaphore = form.text("type").equals(LockKind.SEMAPHORE.name());
        return new LockDraft(
                form.text("namespace"),
                form.text("name"),
                form.text("description"),
                form.text("owner"),
                form.text("type"),
                semaphore ? Amounts.number("permits", form.value("permits"), problems) : null,
                form.text("type").equals(LockKind.CONDITION.name()) ? variables(form, problems) : null);
    }

    private static String lines(Variables variables) {
        return variables == null
                ? null
                : variables.texts().entrySet().stream()
                        .map(one -> one.getKey() + " = " + one.getValue())
                        .collect(Collectors.joining("\n"));
    }

    private static Variables variables(Form form, Invalid.Problems problems) {
        Map<String, String> texts = new LinkedHashMap<>();
        form.value("variables")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    boolean understood = equals > 0
                            && texts.put(
                                            line.substring(0, equals).strip(),
                                            line.substring(equals + 1).strip())
                                    == null;
                    problems.check(understood, "variables", line, "invalid.variables.line");
                });
        return Variables.of(texts);
    }
}
