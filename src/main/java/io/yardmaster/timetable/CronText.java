package io.yardmaster.timetable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks a cron expression strictly and rewrites it in numbers alone. Quartz's own parser lets pass what it then
 * misreads ({@code MON/2} is Monday to it, {@code ?} twice fails only when asked for an instant) and names no field.
 */
final class CronText {
    private static final Pattern PLAIN = Pattern.compile("(?:(\\*)|(\\w+)(?:-(\\w+))?)?(?:/([0-9]{1,4}))?");
    private static final Pattern OF_MONTH = Pattern.compile("L|LW|L-([1-9]|[12][0-9]|30)|([1-9]|[12][0-9]|3[01])W");
    private static final Pattern OF_WEEK = Pattern.compile("(\\w{1,3})(L|#[1-5])");

    private final String expression;
    private final String[] fields;

    private CronText(String expression) {
        this.expression = expression;
        this.fields = expression.split(" ", -1);
    }

    /**
     * @param expression upper case, fields one space apart
     * @return six or seven fields of digits and signs
     * @throws BadTimetable naming the first field that is wrong
     */
    static String inNumbers(String expression) {
        CronText text = new CronText(expression);
        text.checkShape();
        List<String> numbers = new ArrayList<>();
        for (CronField field : CronField.values()) {
            if (field.place() < text.fields.length) {
                numbers.add(text.field(field));
            }
        }
        return String.join(" ", numbers);
    }

    /** Whether second, minute or hour repeat, so that the expression means "every so often" and not "at a time". */
    static boolean isInterval(String expression) {
        return Pattern.compile("^(\\S+ \\S+ \\S+) ")
                .matcher(expression)
                .results()
                .anyMatch(times -> times.group(1).matches(".*[*/-].*"));
    }

    /** @throws BadTimetable if it is too long to be stored */
    static void checkLength(String expression) {
        if (expression.length() > Timetable.EXPRESSION_LIMIT) {
            throw new BadTimetable(
                    "cron",
                    expression.substring(0, 40) + "…",
                    0,
                    "invalid.cron.long",
                    expression.length(),
                    Timetable.EXPRESSION_LIMIT);
        }
    }

    private void checkShape() {
        checkLength(expression);
        if (fields.length < 6 || fields.length > 7) {
            int count = expression.isEmpty() ? 0 : fields.length;
            throw new BadTimetable("cron", expression, 0, "invalid.cron.fields", count);
        }
        boolean noDayOfMonth = fields[3].equals("?");
        boolean noDayOfWeek = fields[5].equals("?");
        if (noDayOfMonth == noDayOfWeek) {
            throw new BadTimetable(
                    CronField.DAY_OF_WEEK.label(),
                    fields[5],
                    start(CronField.DAY_OF_WEEK),
                    "invalid.cron.two-days",
                    fields[3]);
        }
    }

    private String field(CronField field) {
        String value = fields[field.place()];
        int position = start(field);
        if (value.equals("?") && (field == CronField.DAY_OF_MONTH || field == CronField.DAY_OF_WEEK)) {
            return value;
        }
        if (field == CronField.DAY_OF_WEEK && !value.contains(",")) {
            String special = dayOfWeek(value);
            if (special != null) {
                return special;
            }
        }
        if (field == CronField.DAY_OF_MONTH && OF_MONTH.matcher(value).matches()) {
            return value;
        }
        List<String> items = new ArrayList<>();
        for (String item : value.split(",", -1)) {
            items.add(plain(field, item, position));
            position += item.length() + 1;
        }
        return items.stream().distinct().collect(Collectors.joining(","));
    }

    /** The last or n-th such day of the month, or null if it is neither. */
    private static String dayOfWeek(String value) {
        if (value.equals("L")) {
            return "7";
        }
        Matcher special = OF_WEEK.matcher(value);
        if (!special.matches() || CronField.DAY_OF_WEEK.value(special.group(1)) < 0) {
            return null;
        }
        return CronField.DAY_OF_WEEK.value(special.group(1)) + special.group(2);
    }

    private String plain(CronField field, String item, int position) {
        Matcher parts = PLAIN.matcher(item);
        if (item.isEmpty() || !parts.matches()) {
            throw notAllowed(field, item, position);
        }
        String step = step(field, item, position, parts.group(4));
        if (parts.group(2) == null) {
            return "*" + step;
        }
        int from = field.value(parts.group(2));
        int to = parts.group(3) == null ? from : field.value(parts.group(3));
        if (from < 0 || to < 0) {
            throw notAllowed(field, item, position);
        }
        if (field == CronField.YEAR && from > to) {
            throw new BadTimetable(field.label(), item, position, "invalid.cron.backwards", to + "-" + from);
        }
        return from + (parts.group(3) == null ? "" : "-" + to) + step;
    }

    private String step(CronField field, String item, int position, String step) {
        if (step == null) {
            return "";
        }
        int number = Integer.parseInt(step);
        if (number < 1 || number >= field.span()) {
            throw new BadTimetable(field.label(), item, position, "invalid.cron.step", step, field.span() - 1);
        }
        return "/" + number;
    }

    private int start(CronField field) {
        int position = 1;
        for (int before = 0; before < field.place(); before++) {
            position += fields[before].length() + 1;
        }
        return position;
    }

    private static BadTimetable notAllowed(CronField field, String item, int position) {
        return new BadTimetable(field.label(), item, position, field.messageKey());
    }
}
