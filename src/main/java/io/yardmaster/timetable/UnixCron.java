package io.yardmaster.timetable;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Five fields from minute to day of week, as crontab(5) reads them. A day matches if either day field does; if one of them
 * begins with {@code *}, if both do.
 */
final class UnixCron {
    private static final Pattern ITEM = Pattern.compile("(\\*|(\\w+)(?:-(\\w+))?)(?:/([0-9]{1,4}))?");

    private final Map<UnixField, String> texts = new EnumMap<>(UnixField.class);
    private final Map<UnixField, BitSet> values = new EnumMap<>(UnixField.class);

    /** @throws BadTimetable naming the first field that is wrong */
    static UnixCron parse(String expression) {
        CronText.checkLength(expression);
        String[] fields = expression.split(" ", -1);
        if (fields.length != 5) {
            int count = expression.isEmpty() ? 0 : fields.length;
            throw new BadTimetable("cron", expression, 0, "invalid.unix.fields", count);
        }
        UnixCron cron = new UnixCron();
        int position = 1;
        int place = 0;
        for (UnixField field : UnixField.values()) {
            String text = fields[place++];
            cron.texts.put(field, text);
            cron.values.put(field, read(field, text, position));
            position += text.length() + 1;
        }
        return cron;
    }

    /** Minute and hour repeat, so that it means "every so often". */
    boolean repeatsWithinDay() {
        return (texts.get(UnixField.MINUTE) + texts.get(UnixField.HOUR)).matches(".*[*/-].*");
    }

    /** Times and months in Quartz's dialect, on any day. */
    String[] anyDay() {
        return new String[] {"0", list(UnixField.MINUTE), list(UnixField.HOUR), "*", list(UnixField.MONTH), "?"};
    }

    boolean isDay(LocalDate day) {
        boolean ofMonth = values.get(UnixField.DAY_OF_MONTH).get(day.getDayOfMonth());
        boolean ofWeek =
                values.get(UnixField.DAY_OF_WEEK).get(day.getDayOfWeek().getValue() % 7);
        boolean bothMustMatch = texts.get(UnixField.DAY_OF_MONTH).startsWith("*")
                || texts.get(UnixField.DAY_OF_WEEK).startsWith("*");
        return bothMustMatch ? ofMonth && ofWeek : ofMonth || ofWeek;
    }

    private String list(UnixField field) {
        return values.get(field).stream().mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    private static BitSet read(UnixField field, String text, int start) {
        BitSet set = new BitSet();
        int position = start;
        for (String item : text.split(",", -1)) {
            add(field, item, position, set);
            position += item.length() + 1;
        }
        return set;
    }

    private static void add(UnixField field, String item, int position, BitSet set) {
        Matcher parts = ITEM.matcher(item);
        if (!parts.matches()) {
            throw new BadTimetable(field.label(), item, position, field.messageKey());
        }
        String step = parts.group(4);
        boolean all = parts.group(2) == null;
        int from = all ? field.least() : field.value(parts.group(2));
        int to = all || (parts.group(3) == null && step != null) ? field.most() : from;
        if (parts.group(3) != null) {
            to = field.end(parts.group(3), from);
        }
        if (from < 0 || to < 0) {
            throw new BadTimetable(field.label(), item, position, field.messageKey());
        }
        if (from > to) {
            throw new BadTimetable(field.label(), item, position, "invalid.unix.backwards", field.label());
        }
        for (int value = from; value <= to; value += step(field, item, position, step)) {
            set.set(field.inRange(value));
        }
    }

    private static int step(UnixField field, String item, int position, String step) {
        int number = step == null ? 1 : Integer.parseInt(step);
        int most = field.most() - field.least();
        if (number < 1 || number > most) {
            throw new BadTimetable(field.label(), item, position, "invalid.cron.step", step, most);
        }
        return number;
    }
}
