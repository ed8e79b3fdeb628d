package io.yardmaster.web.schedule;

import io.yardmaster.database.Invalid;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Days picked out of weeks, months or years, as fields of a form. What they cannot hold stands in a field of its own in
 * words, which counts if it is filled in.
 */
final class DateFields {
    private static final String TEXT = "schedule.dates";
    private static final String EVERY = "schedule.dates.every";
    private static final String UNIT = "schedule.dates.unit";
    static final String FROM = "schedule.dates.from";
    private static final String AT = "schedule.dates.at";
    private static final String PLACE = "schedule.dates.place";
    private static final String NUMBER = "schedule.dates.number";
    private static final String WHAT = "schedule.dates.what";
    private static final String WEEKDAY = "schedule.dates.weekday";
    private static final String NUMBERED = "number";
    private static final Pattern FORM =
            Pattern.compile("every (?:([0-9]{1,4}) )?(day|week|month|year)s? from (\\S+) at ([^a-z]+?)(?: on (.+))?");
    private static final Pattern PLACED = Pattern.compile("(first|second|third|fourth|fifth|last) (.+)");

    /** What the calendar is cut into. */
    enum Unit {
        DAYS,
        WEEKS,
        MONTHS,
        YEARS
    }

    private DateFields() {}

    static boolean isBlank(Form form) {
        return form.text(TEXT).isEmpty() && form.text(EVERY).isEmpty();
    }

    static String expression(Form form, Invalid.Problems problems) {
        if (!form.text(TEXT).isEmpty()) {
            return form.text(TEXT);
        }
        int every = Amounts.positive(EVERY, form.value(EVERY), "invalid.schedule.every", problems);
        Unit unit = Objects.requireNonNullElse(Choices.read(form, UNIT, Unit.class, problems), Unit.DAYS);
        problems.check(!form.text(FROM).isEmpty(), FROM, "", "invalid.schedule.from");
        problems.check(!form.text(AT).isEmpty(), AT, "", "invalid.schedule.at");
        String from = form.text(FROM).isEmpty() ? "2026-01-01" : form.text(FROM);
        String at = form.text(AT).isEmpty() ? "00:00" : form.text(AT);
        return joined(every, unit, from, at) + picked(form, unit);
    }

    static Form fill(Form form, String expression) {
        Matcher parts = FORM.matcher(expression);
        if (!parts.matches()) {
            return form.with(TEXT, expression);
        }
        Form filled = form.with(EVERY, Objects.requireNonNullElse(parts.group(1), "1"))
                .with(UNIT, parts.group(2).toUpperCase(Locale.ROOT) + "S")
                .with(FROM, parts.group(3))
                .with(AT, parts.group(4));
        Form whole = parts.group(5) == null ? filled : pick(filled, parts.group(5));
        return expression(whole, new Invalid.Problems()).equals(expression) ? whole : form.with(TEXT, expression);
    }

    private static String joined(int every, Unit unit, String from, String at) {
        String units = unit.name().toLowerCase(Locale.ROOT);
        String period = every == 1 ? units.substring(0, units.length() - 1) : every + " " + units;
        return "every " + period + " from " + from + " at " + at;
    }

    private static String picked(Form form, Unit unit) {
        List<String> weekdays = form.values(WEEKDAY);
        if (unit == Unit.WEEKS) {
            return weekdays.isEmpty() ? "" : " on " + String.join(", ", weekdays);
        }
        String place = form.text(PLACE);
        if (unit == Unit.DAYS || place.isEmpty()) {
            return "";
        }
        return place.equals(NUMBERED) ? " on day " + form.text(NUMBER) : " on " + place + " " + form.text(WHAT);
    }

    private static Form pick(Form form, String picked) {
        Matcher placed = PLACED.matcher(picked);
        if (placed.matches()) {
            return form.with(PLACE, placed.group(1)).with(WHAT, placed.group(2));
        }
        return picked.startsWith("day ")
                ? form.with(PLACE, NUMBERED).with(NUMBER, picked.substring(4))
                : form.with(WEEKDAY, List.of(picked.split(", ")));
    }
}
