package io.yardmaster.timetable;

import java.time.Instant;
import java.util.List;

/**
 * Instants at equal distance in real time, which no clock change touches.
 *
 * @param first epoch second of the first
 * @param period seconds from one to the next, positive
 * @param count how many there are; {@link Long#MAX_VALUE} for no end
 */
record ExactRate(long first, long period, long count) implements Occurrences {
    @Override
    public List<Occurrence> after(Instant instant) {
        long from = instant.isBefore(Instant.ofEpochSecond(first)) ? first - 1 : instant.getEpochSecond();
        long place = from < first ? 0 : (from - first) / period + 1;
        // the longest period times anything would pass all numbers
        boolean comes = place < count && place <= (LocalTimes.THE_END - first) / period;
        long second = comes ? first + place * period : LocalTimes.NEVER;
        return second < LocalTimes.THE_END
                ? List.of(new Occurrence(Instant.ofEpochSecond(second), Adjustment.NONE))
                : List.of();
    }

    @Override
    public boolean repeatWithinDay() {
        return count > 1;
    }

    /** At once, however many. */
    @Override
    public long count(Instant afterExclusive, Instant throughInclusive) {
        return upTo(throughInclusive) - Math.min(upTo(afterExclusive), upTo(throughInclusive));
    }

    private long upTo(Instant instant) {
        long second = Math.min(instant.getEpochSecond(), LocalTimes.THE_END - 1);
        return second < first ? 0 : Math.min(count, (second - first) / period + 1);
    }
}
