package io.yardmaster.web.calendar;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.calendar.CalendarRules;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Invalid;
import io.yardmaster.web.form.Form;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A calendar as a form. */
final class CalendarForm {
    static final String ACTION = "action";
    static final String VERSION = "version";
    private static final String WEEKDAY = "weekday";
    private static final String KNOWN = "knownThrough";
    private static final String HOLIDAYS = "holidays";
    private static final String WORKDAYS = "workdays";
    /** Those in which a problem is told beside the field. */
    static final List<String> SHOWN =
            List.of("namespace", "name", "description", "shared", "weekdays", KNOWN, HOLIDAYS, WORKDAYS, "blackouts");

    private static final List<String> FIELDS = List.of(
            "namespace",
            "name",
            "description",
            "shared",
            WEEKDAY,
            KNOWN,
            HOLIDAYS,
            WORKDAYS,
            BlackoutRows.FROM,
            BlackoutRows.TO,
            VERSION);

    private CalendarForm() {}

    /** One field that another page hands on unseen. */
    record Carried(String name, String value) {}

    /** To begin with: the pattern of most weeks, known through the end of the year. */
    static Form blank(String namespace, LocalDate today) {
        BusinessCalendar plain = BusinessCalendar.plain(LocalDate.of(today.getYear(), 12, 31));
        return fill(Form.empty(), new CalendarDraft(namespace, "", "", false, plain));
    }

    static Form of(NamedCalendar calendar) {
        return fill(Form.empty(), calendar.draft()).with(VERSION, Integer.toString(calendar.version()));
    }

    static Form fill(Form form, CalendarDraft draft) {
        return fill(form, draft.content())
                .with("namespace", draft.namespace())
                .with("name", draft.name())
                .with("description", draft.description())
                .with("shared", draft.shared());
    }

    /** {@code form} with other days and hours. */
    static Form fill(Form form, BusinessCalendar content) {
        Form days = form.with(
                        WEEKDAY,
                        content.weekdays().stream().map(DayOfWeek::name).toList())
                .with(KNOWN, content.knownThrough().toString())
                .with(HOLIDAYS, DayLines.write(content.holidays()))
                .with(WORKDAYS, DayLines.write(content.workdays()));
        return BlackoutRows.fill(days, content.blackouts());
    }

    /** Every field of a calendar, to go with another form. */
    static List<Carried> carried(Form form) {
        return FIELDS.stream()
                .flatMap(name -> form.values(name).stream().map(value -> new Carried(name, value)))
                .toList();
    }

    /** What the form asks for, checked; what is wrong is added to {@code problems}. */
    static CalendarDraft draft(Form form, Invalid.Problems problems) {
        BusinessCalendar content = new BusinessCalendar(
                weekdays(form, problems),
                DayLines.read(HOLIDAYS, form.value(HOLIDAYS), problems),
                DayLines.read(WORKDAYS, form.value(WORKDAYS), problems),
                BlackoutRows.read(form, problems),
                date(form.text(KNOWN)));
        CalendarDraft draft = new CalendarDraft(
                form.text("namespace"), form.text("name"), form.text("description"), form.ticked("shared"), content);
        CalendarRules.check(draft, problems);
        return draft;
    }

    /** Only the named days of the form. */
    static BusinessCalendar days(Form form, Invalid.Problems problems) {
        return BusinessCalendar.plain(CalendarRules.LATEST)
                .with(
                        DayLines.read(HOLIDAYS, form.value(HOLIDAYS), problems),
                        DayLines.read(WORKDAYS, form.value(WORKDAYS), problems));
    }

    /** Null if the form has no such date. */
    static LocalDate knownThrough(Form form) {
        return date(form.text(KNOWN));
    }

    /** {@code form} with the named days of {@code content}, and nothing else of it. */
    static Form withDays(Form form, BusinessCalendar content, LocalDate knownThrough) {
        return form.with(HOLIDAYS, DayLines.write(content.holidays()))
                .with(WORKDAYS, DayLines.write(content.workdays()))
                .with(KNOWN, knownThrough == null ? null : knownThrough.toString());
    }

    private static Set<DayOfWeek> weekdays(Form form, Invalid.Problems problems) {
        Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
        for (String word : form.values(WEEKDAY)) {
            Stream.of(DayOfWeek.values())
                    .filter(day -> day.name().equals(word))
                    .findFirst()
                    .ifPresentOrElse(weekdays::add, () -> problems.add("weekdays", word, "invalid.calendar.weekdays"));
        }
        return weekdays;
    }

    /** Null for what is none, which the rules of calendars tell. */
    private static LocalDate date(String typed) {
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
