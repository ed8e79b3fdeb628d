package io.yardmaster.web.schedule;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Says a cron expression as a sentence, if it is one of the many that are simple. */
public final class CronWords {
    private static final Pattern STEP = Pattern.compile("(\\*|[0-9]{1,2})/([0-9]{1,2})");
    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,2}(,[0-9]{1,2}){0,5}");
    private static final Pattern DAY = Pattern.compile("[1-9]|[12][0-9]|3[01]");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int WORKING_DAYS = 5;

    private final String[] fields;
    private final Locale locale;

    /**
     * A sentence to be looked up in the messages.
     *
     * @param key of the message
     * @param arguments of the message, already in the reader's language
     */
    public record Phrase(String key, List<Object> arguments) {
        /** Null if it has none. */
        public Object first() {
            return arguments.isEmpty() ? null : arguments.get(0);
        }

        /** Null if it has no second. */
        public Object second() {
            return arguments.size() < 2 ? null : arguments.get(1);
        }
    }

    private CronWords(String[] fields, Locale locale) {
        this.fields = fields;
        this.locale = locale;
    }

    /** @param expression of six fields, or seven with any year; empty for what has no simple sentence */
    public static Optional<Phrase> of(String expression, Locale locale) {
        String[] fields = expression.strip().toUpperCase(Locale.ROOT).split("\\s+");
        boolean anyYear = fields.length == 6 || (fields.length == 7 && fields[6].equals("*"));
        if (!anyYear || !fields[4].equals("*")) {
            return Optional.empty();
        }
        CronWords words = new CronWords(fields, locale);
        return words.everyDay() ? words.repeating().or(words::daily) : words.onDays();
    }

    private boolean everyDay() {
        return (fields[3].equals("*") && fields[5].equals("?")) || (fields[3].equals("?") && fields[5].equals("*"));
    }

    private Optional<Phrase> repeating() {
        String second = fields[0];
        String minute = fields[1];
        String hour = fields[2];
        if (minute.equals("*") && hour.equals("*")) {
            return every(second, 60, "second")
                    .or(() -> zero(second) ? phrase("minute") : Optional.empty())
                    .or(() -> number(second) ? phrase("minuteAt", Integer.valueOf(second)) : Optional.empty());
        }
        if (!zero(second)) {
            return Optional.empty();
        }
        if (hour.equals("*")) {
            return every(minute, 60, "minute")
                    .or(() -> zero(minute) ? phrase("hour") : Optional.empty())
                    .or(() -> number(minute) ? phrase("hourAt", Integer.valueOf(minute)) : Optional.empty());
        }
        return zero(minute) ? every(hour, 24, "hour") : Optional.empty();
    }

    /** A step that does not divide the whole is no "every": 0/25 leaves ten minutes at the hour's end. */
    private Optional<Phrase> every(String field, int whole, String unit) {
        if (field.equals("*")) {
            return phrase(unit);
        }
        Matcher step = STEP.matcher(field);
        if (!step.matches()) {
            return Optional.empty();
        }
        int start = step.group(1).equals("*") ? 0 : Integer.parseInt(step.group(1));
        int length = Integer.parseInt(step.group(2));
        if (length == 0 || whole % length != 0 || start >= length) {
            return Optional.empty();
        }
        if (start > 0) {
            return phrase(unit + "sFrom", length, start);
        }
        return length == 1 ? phrase(unit) : phrase(unit + "s", length);
    }

    private Optional<Phrase> daily() {
        return times().flatMap(times -> phrase("daily", times));
    }

    private Optional<Phrase> onDays() {
        return times().flatMap(times -> {
            if (fields[5].equals("?")) {
                return ofMonth(times);
            }
            return fields[3].equals("?") ? ofWeek(times) : Optional.empty();
        });
    }

    private Optional<Phrase> ofMonth(String times) {
        if (fields[3].equals("L")) {
            return phrase("monthEnd", times);
        }
        return DAY.matcher(fields[3]).matches()
                ? phrase("monthly", times, Integer.valueOf(fields[3]))
                : Optional.empty();
    }

    private Optional<Phrase> ofWeek(String times) {
        List<DayOfWeek> days = new ArrayList<>();
        for (String item : fields[5].split(",", -1)) {
            List<DayOfWeek> range = range(item);
            if (range.isEmpty()) {
                return Optional.empty();
            }
            days.addAll(range);
        }
        days.sort(null);
        if (days.size() == WORKING_DAYS && days.get(4) == DayOfWeek.FRIDAY) {
            return phrase("workingDays", times);
        }
        String names = days.stream()
                .distinct()
                .map(day -> day.getDisplayName(TextStyle.FULL, locale))
                .collect(Collectors.joining(locale.getLanguage().equals("zh") ? "、" : ", "));
        return phrase("weekly", times, names);
    }

    private static List<DayOfWeek> range(String item) {
        String[] ends = item.split("-", -1);
        int from = day(ends[0]);
        int to = day(ends[ends.length - 1]);
        if (ends.length > 2 || from < 0 || to < from) {
            return List.of();
        }
        return IntStream.rangeClosed(from, to)
                .mapToObj(day -> DayOfWeek.SUNDAY.plus(day))
                .toList();
    }

    /** Counted from 0 for Sunday; -1 for what is no day. */
    private static int day(String name) {
        return name.matches("[1-7]") ? Integer.parseInt(name) - 1 : DAYS.indexOf(name);
    }

    /** Up to six times of the day, one of whose hour and minute may be a list. */
    private Optional<String> times() {
        boolean plain = number(fields[0])
                && NUMBERS.matcher(fields[1]).matches()
                && NUMBERS.matcher(fields[2]).matches()
                && !(fields[1].contains(",") && fields[2].contains(","));
        if (!plain) {
            return Optional.empty();
        }
        List<String> times = new ArrayList<>();
        for (String hour : fields[2].split(",", -1)) {
            for (String minute : fields[1].split(",", -1)) {
                String time = twoDigits(hour) + ":" + twoDigits(minute);
                times.add(Integer.parseInt(fields[0]) == 0 ? time : time + ":" + twoDigits(fields[0]));
            }
        }
        times.sort(null);
        return Optional.of(String.join(", ", times));
    }

    private static String twoDigits(String number) {
        return number.length() == 1 ? "0" + number : number;
    }

    private static boolean zero(String field) {
        return field.equals("0") || field.equals("00");
    }

    private static boolean number(String field) {
        return field.matches("[0-9]{1,2}");
    }

    private static Optional<Phrase> phrase(String key, Object... arguments) {
        return Optional.of(new Phrase("schedule.words." + key, List.of(arguments)));
    }
}
