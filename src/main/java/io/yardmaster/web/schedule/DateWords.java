package io.yardmaster.web.schedule;

import io.yardmaster.database.Said;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says days picked out of periods as a sentence. */
final class DateWords {
    private static final Pattern FORM = Pattern.compile(
            "every (?:([0-9]{1,4}) )?(day|week|month|year)s? from (\\S+) at ([^a-z]+?)(?: on (?:the )?(.+))?");
    private static final Pattern PLACED = Pattern.compile("(first|second|third|fourth|fifth|last) (.+)");
    private static final Pattern NUMBERED = Pattern.compile("day ([0-9]+)");

    private DateWords() {}

    /** @param expression in small letters */
    static Optional<Said> of(String expression, Locale locale) {
        Matcher parts = FORM.matcher(expression);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Said every = RateWords.every(
                Objects.requireNonNullElse(parts.group(1), "1"), parts.group(2).toUpperCase(Locale.ROOT) + "S");
        if (parts.group(5) == null) {
            return Optional.of(Said.of("schedule.words.dates", every, parts.group(4), parts.group(3)));
        }
        return picked(parts.group(5), locale)
                .map(day -> Said.of("schedule.words.dates-on", every, parts.group(4), parts.group(3), day));
    }

    private static Optional<Object> picked(String text, Locale locale) {
        Matcher numbered = NUMBERED.matcher(text);
        if (numbered.matches()) {
            return Optional.of(Said.of("schedule.words.number", numbered.group(1)));
        }
        Matcher placed = PLACED.matcher(text);
        if (placed.matches()) {
            Said place = Said.of("schedule.place." + placed.group(1));
            return what(placed.group(2), locale).map(what -> Said.of("schedule.words.placed", place, what));
        }
        List<Optional<String>> days = Arrays.stream(text.split("[, ]+"))
                .map(day -> weekday(day, locale))
                .toList();
        return days.stream().allMatch(Optional::isPresent)
                ? Optional.of(Names.joined(days.stream().map(Optional::get).toList(), locale))
                : Optional.empty();
    }

    private static Optional<Object> what(String text, Locale locale) {
        return switch (text) {
            case "day" -> Optional.of(Said.of("schedule.what.day"));
            case "working day" -> Optional.of(Said.of("schedule.what.working-day"));
            default -> weekday(text, locale).map(day -> (Object) day);
        };
    }

    private static Optional<String> weekday(String text, Locale locale) {
        String wanted = text.toUpperCase(Locale.ROOT);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> wanted.length() >= 3 && day.name().startsWith(wanted))
                .map(day -> Names.of(day, locale))
                .findFirst();
    }
}
