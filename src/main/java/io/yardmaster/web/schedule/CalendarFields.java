package io.yardmaster.web.schedule;

import io.yardmaster.calendar.CalendarChoice;
import io.yardmaster.database.Invalid;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.web.definition.CalendarName;
import io.yardmaster.web.form.Form;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The calendar that a schedule goes by, as fields of a form. */
public final class CalendarFields {
    /** What the names of a schedule's fields begin with. */
    public static final String SCHEDULE = "schedule";

    static final String CALENDAR = "schedule.calendar";
    static final String RULE = "schedule.calendarRule";

    private CalendarFields() {}

    /**
     * Null for none.
     *
     * @param of what the names of the fields begin with
     */
    public static CalendarName read(String of, Form form, Invalid.Problems problems) {
        CalendarRule rule = Choices.read(form, of + ".calendarRule", CalendarRule.class, problems);
        String name = form.text(of + ".calendar");
        return name.isEmpty() ? null : new CalendarName(name, Objects.requireNonNullElse(rule, CalendarRule.SKIP));
    }

    /**
     * @param calendar null for none
     * @param home namespace of the job
     */
    static Form fill(Form form, CalendarName calendar, String home) {
        if (calendar == null) {
            return form.with(CALENDAR, (String) null).with(RULE, CalendarRule.SKIP.name());
        }
        String name = calendar.name();
        return form.with(CALENDAR, name.indexOf('/') < 0 ? home + "/" + name : name)
                .with(RULE, calendar.rule().name());
    }

    /** The names to choose from; what was chosen stays among them. */
    public static List<String> names(String of, List<CalendarChoice> choices, Form form) {
        return Stream.concat(
                        choices.stream().map(CalendarChoice::fullName),
                        Stream.of(form.text(of + ".calendar")).filter(chosen -> !chosen.isEmpty()))
                .distinct()
                .toList();
    }
}
