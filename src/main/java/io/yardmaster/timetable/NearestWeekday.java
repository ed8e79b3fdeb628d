package io.yardmaster.timetable;

import java.time.DayOfWeek;
import java.time.LocalDate;

/**
 * The working day nearest to a day of the month and within that month, as {@code 15W} and {@code LW} name it.
 *
 * @param dayOfMonth 1 to 31; months that have no such day have none of these either
 * @param last whether the month's last day is meant
 */
record NearestWeekday(int dayOfMonth, boolean last) {
    /** Reads {@code LW} or {@code 15W}. */
    static NearestWeekday of(String field) {
        return field.equals("LW")
                ? new NearestWeekday(31, true)
                : new NearestWeekday(Integer.parseInt(field.substring(0, field.length() - 1)), false);
    }

    boolean is(LocalDate day) {
        int length = day.lengthOfMonth();
        int wanted = last ? length : dayOfMonth;
        return wanted <= length && day.equals(nearest(day.withDayOfMonth(wanted), length));
    }

    private static LocalDate nearest(LocalDate day, int length) {
        if (day.getDayOfWeek() == DayOfWeek.SATURDAY) {
            return day.plusDays(day.getDayOfMonth() == 1 ? 2 : -1);
        }
        if (day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            return day.plusDays(day.getDayOfMonth() == length ? -2 : 1);
        }
        return day;
    }
}
