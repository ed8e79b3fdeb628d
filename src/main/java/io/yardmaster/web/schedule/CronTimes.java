package io.yardmaster.web.schedule;

import io.yardmaster.database.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says the times of day of a cron expression: every so often, or named. */
record CronTimes(String second, String minute, String hour) {
    private static final Pattern STEP = Pattern.compile("(\\*|[0-9]{1,2})/([0-9]{1,2})");
    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,2}(,[0-9]{1,2}){0,11}");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,2})-([0-9]{1,2})");
    private static final String ANY = "*";
    private static final int MOST = 12;

    /** Every so often, all day or within some hours. */
    Optional<Said> repeating() {
        if (minute.equals(ANY) && hour.equals(ANY)) {
            return every(second, 60, "second")
                    .or(() -> zero(second) ? phrase("minute") : Optional.empty())
                    .or(() -> number(second) ? phrase("minuteAt", Integer.valueOf(second)) : Optional.empty());
        }
        if (!zero(second)) {
            return Optional.empty();
        }
        if (hour.equals(ANY)) {
            return every(minute, 60, "minute")
                    .or(() -> zero(minute) ? phrase("hour") : Optional.empty())
                    .or(() -> NUMBERS.matcher(minute).matches() ? phrase("hourAt", sorted(minute)) : Optional.empty());
        }
        Matcher hours = RANGE.matcher(hour);
        if (hours.matches()) {
            return within(hours.group(1), hours.group(2));
        }
        return zero(minute) ? every(hour, 24, "hour") : Optional.empty();
    }

    private Optional<Said> within(String from, String to) {
        if (number(minute)) {
            return phrase("hourly-within", time(from, minute), time(to, minute));
        }
        return every(minute, 60, "minute").flatMap(said -> phrase("within", said, time(from, "0"), time(to, "59")));
    }

    /** A step that does not divide the whole is no "every": 0/25 leaves ten minutes at the hour's end. */
    private static Optional<Said> every(String field, int whole, String unit) {
        if (field.equals(ANY)) {
            return phrase(unit);
        }
        Matcher step = STEP.matcher(field);
        if (!step.matches()) {
            return Optional.empty();
        }
        int start = step.group(1).equals(ANY) ? 0 : Integer.parseInt(step.group(1));
        int length = Integer.parseInt(step.group(2));
        if (length == 0 || whole % length != 0 || start >= length) {
            return Optional.empty();
        }
        if (start > 0) {
            return phrase(unit + "sFrom", length, start);
        }
        return length == 1 ? phrase(unit) : phrase(unit + "s", length);
    }

    /** Up to a dozen times of the day. */
    Optional<String> named() {
        boolean plain = number(second)
                && NUMBERS.matcher(minute).matches()
                && NUMBERS.matcher(hour).matches();
        if (!plain || minute.split(",", -1).length * hour.split(",", -1).length > MOST) {
            return Optional.empty();
        }
        List<String> times = new ArrayList<>();
        for (String ofHour : hour.split(",", -1)) {
            for (String ofMinute : minute.split(",", -1)) {
                times.add(time(ofHour, ofMinute) + (zero(second) ? "" : ":" + twoDigits(second)));
            }
        }
        return Optional.of(String.join(", ", times.stream().sorted().distinct().toList()));
    }

    private static String sorted(String numbers) {
        List<Integer> all = new ArrayList<>();
        for (String number : numbers.split(",", -1)) {
            all.add(Integer.valueOf(number));
        }
        return String.join(
                ", ", all.stream().sorted().distinct().map(String::valueOf).toList());
    }

    private static String time(String hour, String minute) {
        return twoDigits(hour) + ":" + twoDigits(minute);
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

    private static Optional<Said> phrase(String key, Object... arguments) {
        return Optional.of(Said.of("schedule.words." + key, arguments));
    }
}
