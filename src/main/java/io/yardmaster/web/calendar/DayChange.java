package io.yardmaster.web.calendar;

import io.yardmaster.calendar.BusinessCalendar;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A day that two versions of a calendar name otherwise.
 *
 * @param before null if it was not named
 * @param after null if it is named no longer
 */
public record DayChange(LocalDate day, Said before, Said after) {
    /** What is said of a day. */
    public record Said(DayKind kind, String name) {}

    /** How the two differ, as the page's words call it. */
    public String word() {
        if (before == null) {
            return "added";
        }
        return after == null ? "removed" : "changed";
    }

    /** By date. */
    static List<DayChange> between(BusinessCalendar before, BusinessCalendar after) {
        TreeSet<LocalDate> days = new TreeSet<>(before.holidays().keySet());
        days.addAll(before.workdays().keySet());
        days.addAll(after.holidays().keySet());
        days.addAll(after.workdays().keySet());
        return days.stream()
                .map(day -> new DayChange(day, said(before, day), said(after, day)))
                .filter(change -> !Objects.equals(change.before, change.after))
                .toList();
    }

    private static Said said(BusinessCalendar calendar, LocalDate day) {
        if (calendar.workdays().containsKey(day)) {
            return new Said(DayKind.MADE_UP, calendar.workdays().get(day));
        }
        return calendar.holidays().containsKey(day)
                ? new Said(DayKind.HOLIDAY, calendar.holidays().get(day))
                : null;
    }
}
