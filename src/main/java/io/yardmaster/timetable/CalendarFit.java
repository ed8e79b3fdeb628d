package io.yardmaster.timetable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whether a timetable can go by a calendar as its rule says. */
final class CalendarFit {
    /** Each question goes through the times of some days, of weeks if holidays are as long. */
    private static final int MOST_TIMES_OF_DAY = 300;

    private CalendarFit() {}

    /** @throws BadTimetable if {@code timetable}'s rule does not fit its instants */
    static void check(Timetable timetable, Occurrences nominal) {
        if (timetable.kind() == Timetable.Kind.DELAY) {
            throw new BadTimetable("calendar", timetable.expression(), 0, "invalid.calendar.delay");
        }
        if (timetable.moves() && nominal.repeatWithinDay()) {
            throw new BadTimetable("calendarRule", timetable.calendar().rule().name(), 0, "invalid.calendar.repeats");
        }
        if (timetable.moves() && timesOfDay(nominal) > MOST_TIMES_OF_DAY) {
            String rule = timetable.calendar().rule().name();
            throw new BadTimetable("calendarRule", rule, 0, "invalid.calendar.times", MOST_TIMES_OF_DAY);
        }
    }

    /** On its first day, as on each; no more than are too many. */
    private static int timesOfDay(Occurrences nominal) {
        return nominal.next(Instant.EPOCH)
                .map(first ->
                        nominal.between(first.minusSeconds(1), first.plus(Duration.ofHours(23)), MOST_TIMES_OF_DAY + 1))
                .map(List::size)
                .orElse(0);
    }
}
