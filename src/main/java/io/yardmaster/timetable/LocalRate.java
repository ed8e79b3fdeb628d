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
    @Override
    public long match(long local) {
        long least = 0;
        long most = Math.min(count, LocalTimes.THE_END / 86_400);
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

    @SuppressWarnings("JavaPeriodGetDays") // the days beside the months, which are all of the period together
    private long at(long place) {
        return first.plusMonths(period.toTotalMonths() * place)
                .plusDays((long) period.getDays() * place)
                .toEpochSecond(ZoneOffset.UTC);
    }

    @Override
    public boolean repeatWithinDay() {
        return false;
    }
}
