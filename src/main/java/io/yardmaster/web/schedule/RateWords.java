package io.yardmaster.web.schedule;

import io.yardmaster.database.Said;
import io.yardmaster.web.form.Amounts;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says rates, delays and single times as sentences. */
final class RateWords {
    private static final Pattern SIMPLE = Pattern.compile("R([0-9]*)/([^/]+)/(PT?)([1-9][0-9]{0,8})([SMHDWY])");

    private RateWords() {}

    /** Empty for a period of several parts, or one that is told by its end. */
    static Optional<Said> of(String expression) {
        Matcher parts = SIMPLE.matcher(expression.toUpperCase(Locale.ROOT));
        RateFields.Unit unit = parts.matches() ? RateFields.Unit.of(parts.group(3), parts.group(5)) : null;
        if (unit == null) {
            return Optional.empty();
        }
        Said every = every(parts.group(4), unit.name());
        String from = time(parts.group(2));
        return Optional.of(
                parts.group(1).isEmpty()
                        ? Said.of("schedule.words.rate", every, from)
                        : Said.of("schedule.words.rate-times", every, from, parts.group(1)));
    }

    /** @param units in the plural, such as {@code MONTHS} */
    static Said every(String number, String units) {
        String many = units.toLowerCase(Locale.ROOT);
        return number.equals("1")
                ? Said.of("schedule.words." + many.substring(0, many.length() - 1))
                : Said.of("schedule.words." + many, number);
    }

    /** Null for what is no period. */
    static Said delay(String expression) {
        try {
            return Said.of(
                    "schedule.words.delay",
                    Amounts.ofSeconds(Duration.parse(expression).toSeconds()));
        } catch (DateTimeException | ArithmeticException unreadable) {
            return null;
        }
    }

    /** As people write it. */
    static String time(String moment) {
        return moment.toUpperCase(Locale.ROOT).replaceFirst("T", " ").replaceFirst("Z$", " UTC");
    }
}
