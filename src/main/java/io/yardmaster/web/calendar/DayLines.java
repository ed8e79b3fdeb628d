package io.yardmaster.web.calendar;

import io.yardmaster.database.Invalid;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Days as people type them, one a line: the date, then its name, as in {@code 2027-01-01 New Year}. */
final class DayLines {
    private static final int MOST_TOLD = 5;
    private static final int SHOWN = 40;

    private DayLines() {}

    static String write(Map<LocalDate, String> days) {
        return days.entrySet().stream()
                .map(day -> (day.getKey() + " " + day.getValue()).strip())
                .collect(Collectors.joining("\n"));
    }

    /** What is no such line is added to {@code problems}, the first few of them. */
    static SortedMap<LocalDate, String> read(String field, String typed, Invalid.Problems problems) {
        SortedMap<LocalDate, String> days = new TreeMap<>();
        int number = 0;
        int told = 0;
        for (String line : typed.split("\n", -1)) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && told < MOST_TOLD && !read(field, number, text, days, problems)) {
                told++;
            }
        }
        return days;
    }

    private static boolean read(
            String field, int number, String text, SortedMap<LocalDate, String> days, Invalid.Problems problems) {
        String[] parts = text.split("[\\s,;]+", 2);
        try {
            LocalDate day = LocalDate.parse(parts[0]);
            boolean once = days.putIfAbsent(day, parts.length < 2 ? "" : parts[1].strip()) == null;
            problems.check(once, field, text, "invalid.calendar.line-twice", number, day);
            return once;
        } catch (DateTimeException unreadable) {
            problems.add(field, text, "invalid.calendar.line", number, shortened(parts[0]));
            return false;
        }
    }

    private static String shortened(String word) {
        return word.length() <= SHOWN ? word : word.substring(0, SHOWN) + "…";
    }
}
