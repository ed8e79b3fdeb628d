package io.yardmaster.web.lock;

import io.yardmaster.database.Invalid;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.lock.LockKind;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;

/** A lock as a form. Permits count for a semaphore alone. */
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
                        draft.permits() == null ? null : draft.permits().toString());
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
                semaphore ? Amounts.number("permits", form.value("permits"), problems) : null);
    }
}
