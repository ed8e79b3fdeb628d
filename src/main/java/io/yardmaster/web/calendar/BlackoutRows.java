package io.yardmaster.web.calendar;

import io.yardmaster.calendar.Blackout;
import io.yardmaster.database.Invalid;
import io.yardmaster.web.form.Form;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** Blackout windows as rows of a form: fields {@code blackout.from} and {@code blackout.to}, paired by their order. */
final class BlackoutRows {
    static final String FROM = "blackout.from";
    static final String TO = "blackout.to";
    private static final int BLANK_ROWS = 2;

    private BlackoutRows() {}

    /** One row as typed. */
    record Row(String from, String to) {
        boolean blank() {
            return from.isBlank() && to.isBlank();
        }
    }

    /** What was typed, and rows to type more into. */
    static List<Row> of(Form form) {
        List<Row> rows = filled(form);
        for (int i = 0; i < BLANK_ROWS; i++) {
            rows.add(new Row("", ""));
        }
        return rows;
    }

    static Form fill(Form form, List<Blackout> blackouts) {
        return form.with(
                        FROM,
                        blackouts.stream().map(one -> one.from().toString()).toList())
                .with(TO, blackouts.stream().map(one -> one.to().toString()).toList());
    }

    /** What is no window is added to {@code problems}. */
    static List<Blackout> read(Form form, Invalid.Problems problems) {
        List<Blackout> read = new ArrayList<>();
        for (Row row : filled(form)) {
            try {
                read.add(new Blackout(
                        LocalTime.parse(row.from().strip()),
                        LocalTime.parse(row.to().strip())));
            } catch (DateTimeException unreadable) {
                problems.add("blackouts", row.from() + "-" + row.to(), "invalid.calendar.blackout");
            }
        }
        return read;
    }

    private static List<Row> filled(Form form) {
        List<String> from = form.values(FROM);
        List<String> to = form.values(TO);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < Math.max(from.size(), to.size()); i++) {
            Row row = new Row(i < from.size() ? from.get(i) : "", i < to.size() ? to.get(i) : "");
            if (!row.blank()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
