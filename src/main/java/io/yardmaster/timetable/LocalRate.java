package io.yardmaster.timetable;

import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;

/**
 * Local times at equal distance by the calendar, counted from the first, so that the 31st stays the 31st where the month
 * has one and is its last day where not.
 *
 * @param first the first
 * @param period from one to the next, positive
 * @param count how many there are; {@link Long#MAX_VALUE} for no end
 */
record LocalRate(LocalDateTime first, Period period, long count) implements LocalTimes {
    private static final long DAY = 86_400;
    private static final int SHORTEST_MONTH = 28;

    @Override
    public long match(long local) {
        long least = 0;
        long most = Math.min(count, placesBeforeTheEnd());
        while (least < most) {
            long middle = (least + most) >>> 1;
            if (at(middle) < local) {
                least = middle + 1;
            } else {
                most = middle;
            }
        }
        return least < count && at(least) < THE_END ? at(least) : NEVER;
    }

    /** All that come before the end have a lower place, for all that they may begin long before 1970. */
    private long placesBeforeTheEnd() {
        long days = Math.max(0, THE_END / DAY - first.toLocalDate().toEpochDay());
        return days / leastDays() + 1;
    }

    @SuppressWarnings("JavaPeriodGetDays") // the days beside the months, which are all of the period together
    private long leastDays() {
        return SHORTEST_MONTH * period.toTotalMonths() + period.getDays();
    }

    @SuppressWarnings("JavaPeriodGetDays") // as above
    private long at(long place) {
        if (place > 0 && place >= placesBeforeTheEnd()) {
            return NEVER;
        }
        return first.plusMonths(period.toTotalMonths() * place)
                .plusDays((long) period.getDays() * place)
                .toEpochSecond(ZoneOffset.UTC);
    }

    @Override
    public boolean repeatWithinDay() {
        return false;
    }
}
