package io.yardmaster.web.calendar;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.ImportedDays;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Invalid;
import io.yardmaster.web.Page;
import io.yardmaster.web.form.Form;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a file would add to a calendar's form. */
final class ImportPreview {
    private ImportPreview() {}

    /** @throws Invalid if the form's own days cannot be read */
    static Page page(NamedCalendar calendar, Form form, ImportedDays read) {
        Invalid.Problems problems = new Invalid.Problems();
        BusinessCalendar before = CalendarForm.days(form, problems);
        problems.throwIfAny();
        BusinessCalendar after = merged(before, read);
        List<DayChange> changes = DayChange.between(before, after);
        LocalDate known = known(CalendarForm.knownThrough(form), read.last());
        Form taken = CalendarForm.withDays(form, after, known);
        return Page.of("calendar/preview")
                .with("calendar", calendar)
                .with("changes", changes)
                .with("same", read.holidays().size() + read.workdays().size() - changes.size())
                .with("remarks", read.remarks())
                .with("known", known)
                .with("carried", CalendarForm.carried(taken))
                .with("left", CalendarForm.carried(form));
    }

    private static BusinessCalendar merged(BusinessCalendar before, ImportedDays read) {
        SortedMap<LocalDate, String> holidays = new TreeMap<>(before.holidays());
        holidays.keySet().removeAll(read.workdays().keySet());
        holidays.putAll(read.holidays());
        SortedMap<LocalDate, String> workdays = new TreeMap<>(before.workdays());
        workdays.keySet().removeAll(read.holidays().keySet());
        workdays.putAll(read.workdays());
        return before.with(holidays, workdays);
    }

    /** Who knows holidays of a year knows all of them, as a rule; the form asks. */
    private static LocalDate known(LocalDate before, LocalDate last) {
        LocalDate end = last == null ? null : LocalDate.of(last.getYear(), 12, 31);
        if (before == null || end == null) {
            return before == null ? end : before;
        }
        return before.isAfter(end) ? before : end;
    }
}
