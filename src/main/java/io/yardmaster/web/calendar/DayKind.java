package io.yardmaster.web.calendar;

import io.yardmaster.calendar.BusinessCalendar;
import java.time.LocalDate;
import java.util.Locale;

/** What a day is. */
public enum DayKind {
    WORKING,
    /** By the pattern of weekdays. */
    OFF,
    HOLIDAY,
    /** Works although the pattern says no. */
    MADE_UP;

    static DayKind of(BusinessCalendar calendar, LocalDate day) {
        if (calendar.workdays().containsKey(day)) {
            return MADE_UP;
        }
        if (calendar.holidays().containsKey(day)) {
            return HOLIDAY;
        }
        return calendar.isWorking(day) ? WORKING : OFF;
    }

    /** As the page's styles call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
