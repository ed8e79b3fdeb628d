package io.yardmaster.timetable;

import io.yardmaster.calendar.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/**
 * Where a calendar's rule puts an instant: first to a working day, then to the end of a blackout, then, if that is past
 * midnight of a day that does not work, to a working day again.
 */
final class Shift {
    /** How far a working day is looked for. */
    private static final int MOST_DAYS = 31;

    private final Timetable timetable;
    private final BusinessCalendar calendar;
    private final ZoneId zone;
    private final CalendarRule rule;

    Shift(Timetable timetable, BusinessCalendar calendar, ZoneId zone) {
        this.timetable = timetable;
        this.calendar = calendar;
        this.zone = zone;
        this.rule = timetable.calendar().rule();
    }

    /** No instant of {@code day} is due on an earlier day than this; never earlier for a later day. */
    LocalDate first(LocalDate day) {
        LocalDate working = workingOrSame(day);
        return working.isBefore(day) ? working : day;
    }

    /** No instant of {@code day} is due on a later day than this; never earlier for a later day. */
    LocalDate last(LocalDate day) {
        LocalDate working = workingOrSame(workingOrSame(day).plusDays(1));
        return working.isAfter(day) ? working : day;
    }

    Occurrence apply(Occurrence nominal) {
        LocalDateTime local = LocalDateTime.ofInstant(nominal.nominal(), zone);
        LocalDateTime due = moved(local);
        if (due == null) {
            return nominal.leftOut();
        }
        return due.equals(local) ? nominal : landed(nominal, resolved(nominal.nominal(), due));
    }

    /** A clock change may have led into a blackout, or over a day. */
    private Occurrence landed(Occurrence nominal, Occurrence resolved) {
        LocalDateTime there = LocalDateTime.ofInstant(resolved.at(), zone);
        LocalDateTime free = moved(there);
        if (free == null) {
            return nominal.leftOut();
        }
        return free.equals(there) ? resolved : resolved(nominal.nominal(), free);
    }

    /** Null if no working day is near enough. */
    private LocalDateTime moved(LocalDateTime local) {
        LocalDate day = working(local.toLocalDate());
        if (day == null) {
            return null;
        }
        LocalDateTime free = calendar.afterBlackout(day.atTime(local.toLocalTime()));
        LocalDate last = working(free.toLocalDate());
        return last == null ? null : last.atTime(free.toLocalTime());
    }

    private LocalDate workingOrSame(LocalDate day) {
        LocalDate working = working(day);
        return working == null ? day : working;
    }

    private LocalDate working(LocalDate day) {
        return working(calendar, rule, day);
    }

    /** The working day that a rule moves {@code day} to, the same if it works; null if none is near enough. */
    static LocalDate working(BusinessCalendar calendar, CalendarRule rule, LocalDate day) {
        int step = rule == CalendarRule.NEXT ? 1 : -1;
        for (int days = 0; days <= MOST_DAYS; days++) {
            LocalDate candidate = day.plusDays((long) step * days);
            if (calendar.isWorking(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** What was moved to a local time that is left out or comes twice is due once, whatever else the rules would do with it. */
    private Occurrence resolved(Instant nominal, LocalDateTime due) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(due);
        if (offsets.size() == 1) {
            return new Occurrence(due.toInstant(offsets.get(0)), nominal, Adjustment.NONE, false);
        }
        if (offsets.isEmpty()) {
            ZoneOffsetTransition change = zone.getRules().getTransition(due);
            return timetable.gap() == Gap.SHIFT
                    ? new Occurrence(due.toInstant(change.getOffsetBefore()), nominal, Adjustment.SHIFTED, false)
                    : new Occurrence(change.getInstant(), nominal, Adjustment.END_OF_GAP, false);
        }
        return timetable.overlap() == Overlap.SECOND
                ? new Occurrence(due.toInstant(offsets.get(1)), nominal, Adjustment.SECOND_PASS, false)
                : new Occurrence(due.toInstant(offsets.get(0)), nominal, Adjustment.FIRST_PASS, false);
    }
}
