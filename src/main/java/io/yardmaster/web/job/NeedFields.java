package io.yardmaster.web.job;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.Need;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import java.util.Arrays;
import java.util.List;

/** What a job's runs need of their nodes, as fields; selectors stand in one line, apart by commas or blanks. */
final class NeedFields {
    private NeedFields() {}

    static Form fill(Form form, Need need) {
        return form.with("slots", Integer.toString(need.slots()))
                .with("nodes.must", String.join(", ", need.must()))
                .with("nodes.prefer", String.join(", ", need.prefer()))
                .with("nodes.avoid", String.join(", ", need.avoid()));
    }

    static Need read(Form form, Invalid.Problems problems) {
        Integer slots = Amounts.number("slots", form.value("slots"), problems);
        return new Need(
                slots == null ? 1 : slots,
                selectors(form.text("nodes.must")),
                selectors(form.text("nodes.prefer")),
                selectors(form.text("nodes.avoid")));
    }

    private static List<String> selectors(String typed) {
        return Arrays.stream(typed.split("[,\\s]+"))
                .filter(selector -> !selector.isEmpty())
                .toList();
    }
}
