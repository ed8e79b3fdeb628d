package io.yardmaster.calendar;

import io.yardmaster.database.Invalid;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One VEVENT. */
final class IcsEvent {
    private static final Set<String> LISTS = Set.of("EXDATE", "RDATE", "RRULE");
    private static final Set<String> ONCE =
            Set.of("DTSTART", "DTEND", "DURATION", "SUMMARY", "STATUS", "UID", "RECURRENCE-ID", "X-APPLE-SPECIAL-DAY");

    private final int line;
    private final Map<String, IcsLine> facts = new HashMap<>();
    private final Map<String, List<IcsLine>> lists = new HashMap<>();

    /** @param line where it begins */
    IcsEvent(int line) {
        this.line = line;
    }

    /** @throws Invalid if the line may stand there once and does so again */
    void add(IcsLine one) {
        if (LISTS.contains(one.name())) {
            lists.computeIfAbsent(one.name(), any -> new ArrayList<>()).add(one);
        } else if (ONCE.contains(one.name()) && facts.putIfAbsent(one.name(), one) != null) {
            throw one.wrong("invalid.import.twice");
        }
    }

    int line() {
        return line;
    }

    String name() {
        return facts.containsKey("SUMMARY") ? facts.get("SUMMARY").text() : "";
    }

    String identifier() {
        return value("UID");
    }

    boolean cancelled() {
        return value("STATUS").equalsIgnoreCase("CANCELLED");
    }

    /** Apple's calendars of China mark the days that make up for a holiday. */
    boolean works() {
        return value("X-APPLE-SPECIAL-DAY").equalsIgnoreCase("ALTERNATE-WORKDAY");
    }

    /** The day of a repeating event in whose place this one is; null for none. */
    LocalDate replaces() {
        IcsLine replaced = facts.get("RECURRENCE-ID");
        return replaced == null ? null : replaced.time().toLocalDate();
    }

    Set<LocalDate> leftOut() {
        return list("EXDATE").stream().flatMap(IcsLine::days).collect(Collectors.toSet());
    }

    Set<LocalDate> added() {
        return list("RDATE").stream().flatMap(IcsLine::days).collect(Collectors.toSet());
    }

    List<IcsLine> rules() {
        return list("RRULE");
    }

    /** @throws Invalid if it does not say when, or ends before it begins */
    IcsSpan span() {
        IcsLine start = facts.get("DTSTART");
        if (start == null) {
            throw new Invalid(HolidayFile.FIELD, name(), "invalid.import.no-start", line, IcsLine.shortened(name()));
        }
        IcsLine last = facts.get("DTEND");
        LocalDateTime begin = start.time();
        LocalDateTime end = last == null ? lasting(start, begin) : last.time();
        if (end.isBefore(begin)) {
            throw last.wrong("invalid.import.end");
        }
        // one day, as programs write it that take the end for the last day
        return new IcsSpan(begin, start.isDate() && end.equals(begin) ? begin.plusDays(1) : end);
    }

    private LocalDateTime lasting(IcsLine start, LocalDateTime begin) {
        IcsLine duration = facts.get("DURATION");
        if (duration != null) {
            return begin.plus(duration.duration());
        }
        return start.isDate() ? begin.plusDays(1) : begin;
    }

    private String value(String name) {
        return facts.containsKey(name) ? facts.get(name).value() : "";
    }

    private List<IcsLine> list(String name) {
        return lists.getOrDefault(name, List.of());
    }
}
