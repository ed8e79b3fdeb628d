package io.yardmaster.calendar;

import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import io.yardmaster.database.Invalid;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line of an event.
 *
 * @param number of the line in the file, from 1
 * @param name of the property, in capitals
 */
record IcsLine(int number, String name, String value) {
    private static final int SHOWN = 60;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern WEEKS = Pattern.compile("\\+?P([0-9]{1,5})W");
    private static final int DAYS_OF_WEEK = 7;

    IcsLine {
        name = name.strip().toUpperCase(Locale.ROOT);
        value = value.strip();
    }

    /** Without backslashes. */
    String text() {
        return VObjectPropertyValues.unescape(value);
    }

    boolean isDate() {
        return !value.contains("T");
    }

    /** By whatever clock is meant; a date is its midnight. */
    LocalDateTime time() {
        return time(value);
    }

    /** The days of a list. */
    Stream<LocalDate> days() {
        return Stream.of(value.split(",", -1)).map(one -> time(one.strip()).toLocalDate());
    }

    Duration duration() {
        try {
            Matcher weeks = WEEKS.matcher(value);
            Duration read = weeks.matches()
                    ? Duration.ofDays((long) Integer.parseInt(weeks.group(1)) * DAYS_OF_WEEK)
                    : Duration.parse(value);
            if (!read.isNegative() && read.compareTo(Duration.ofDays(CalendarRules.MOST_DAYS)) <= 0) {
                return read;
            }
        } catch (DateTimeException | ArithmeticException unreadable) {
            // told below
        }
        throw wrong("invalid.import.duration");
    }

    private LocalDateTime time(String one) {
        try {
            return one.contains("T")
                    ? LocalDateTime.parse(one.endsWith("Z") ? one.substring(0, one.length() - 1) : one, TIME)
                    : LocalDate.parse(one, DATE).atStartOfDay();
        } catch (DateTimeException unreadable) {
            throw new Invalid(HolidayFile.FIELD, one, "invalid.import.time", number, name, shortened(one));
        }
    }

    /** A refusal that names this line. */
    Invalid wrong(String key) {
        return new Invalid(HolidayFile.FIELD, value, key, number, name, shortened(value));
    }

    static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
