package io.yardmaster.web.definition;

import io.yardmaster.calendar.Blackout;
import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.database.Invalid;
import io.yardmaster.web.definition.Document.CalendarDocument;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the document of a calendar. */
final class CalendarReader {
    private static final Pattern BLACKOUT = Pattern.compile("([0-9:]+) ?- ?([0-9:]+)");

    private final Fields fields;
    private final String prefix;
    private final Invalid.Problems problems;

    private CalendarReader(Fields fields, String prefix, Invalid.Problems problems) {
        this.fields = fields;
        this.prefix = prefix;
        this.problems = problems;
    }

    static CalendarDocument read(Fields fields, String prefix, Invalid.Problems problems) {
        CalendarReader reader = new CalendarReader(fields, prefix, problems);
        CalendarDraft draft = new CalendarDraft(
                fields.text("namespace"),
                fields.text("name"),
                fields.text("description"),
                Boolean.TRUE.equals(fields.flag("shared")),
                new BusinessCalendar(
                        reader.weekdays(),
                        reader.days("holidays"),
                        reader.days("workdays"),
                        reader.blackouts(),
                        reader.knownThrough()));
        fields.ignore("status");
        fields.end();
        return new CalendarDocument(draft);
    }

    private Set<DayOfWeek> weekdays() {
        List<String> said = fields.list("weekdays");
        if (said == null) {
            return BusinessCalendar.USUAL;
        }
        Set<DayOfWeek> found = EnumSet.noneOf(DayOfWeek.class);
        for (String name : said) {
            Arrays.stream(DayOfWeek.values())
                    .filter(day -> day.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            found::add,
                            () -> problems.add(
                                    prefix + "weekdays", name, "invalid.choice", Arrays.toString(DayOfWeek.values())));
        }
        return found.isEmpty() && !said.isEmpty() ? BusinessCalendar.USUAL : found;
    }

    private SortedMap<LocalDate, String> days(String field) {
        SortedMap<LocalDate, String> found = new TreeMap<>();
        fields.texts(field).forEach((written, name) -> {
            LocalDate day = date(field, written);
            if (day != null) {
                found.put(day, Objects.requireNonNullElse(name, ""));
            }
        });
        return found;
    }

    private LocalDate knownThrough() {
        String written = fields.text("knownThrough");
        return written == null ? null : date("knownThrough", written);
    }

    /** Null for what is none, which is added to the problems. */
    private LocalDate date(String field, String written) {
        try {
            return LocalDate.parse(written);
        } catch (DateTimeException unreadable) {
            problems.add(prefix + field, written, "invalid.date");
            return null;
        }
    }

    private List<Blackout> blackouts() {
        List<String> said = fields.list("blackouts");
        List<Blackout> found = new ArrayList<>();
        for (String written : said == null ? List.<String>of() : said) {
            Matcher parts = BLACKOUT.matcher(written);
            try {
                if (parts.matches()) {
                    found.add(new Blackout(LocalTime.parse(parts.group(1)), LocalTime.parse(parts.group(2))));
                    continue;
                }
            } catch (DateTimeException unreadable) {
                // said below
            }
            problems.add(prefix + "blackouts", written, "invalid.calendar.blackout");
        }
        return found;
    }
}
