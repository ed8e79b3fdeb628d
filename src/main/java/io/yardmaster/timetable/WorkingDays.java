package io.yardmaster.timetable;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** Says whether a day is a working day. */
interface WorkingDays {
    /** Where no business calendar is named. */
    WorkingDays MONDAY_TO_FRIDAY = day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;

    boolean isWorking(LocalDate day);
}
