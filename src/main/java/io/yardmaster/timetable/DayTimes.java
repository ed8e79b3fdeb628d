package io.yardmaster.timetable;

import org.quartz.CronExpression;

/**
 * The times of day of a cron expression, which are the same on each of its days: every chosen second of every chosen minute
 * of every chosen hour. Counts without visiting them.
 *
 * @param hours one bit each
 * @param minutes likewise
 * @param seconds likewise
 */
record DayTimes(long hours, long minutes, long seconds) {
    static final int NONE = -1;
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;
    private static final int HOURS = 24;

    /** As Quartz has read them, from what it tells to people: seconds, minutes and hours are its first lines. */
    static DayTimes of(CronExpression quartz) {
        String[] lines = quartz.getExpressionSummary().split("\n", -1);
        return new DayTimes(bits(lines[2], HOURS), bits(lines[1], MINUTE), bits(lines[0], MINUTE));
    }

    private static long bits(String line, int places) {
        String values = line.substring(line.indexOf(':') + 1).strip();
        if (values.equals("*")) {
            return (1L << places) - 1;
        }
        long bits = 0;
        for (String value : values.split(",", -1)) {
            bits |= 1L << Integer.parseInt(value);
        }
        return bits;
    }

    /** How many come before that second of the day, 0 to 86,400. */
    long before(long second) {
        int hour = (int) (second / HOUR);
        int minute = (int) (second % HOUR / MINUTE);
        long count = countBefore(hours, hour) * Long.bitCount(minutes) * Long.bitCount(seconds);
        if (isChosen(hours, hour)) {
            count += countBefore(minutes, minute) * Long.bitCount(seconds);
            count += isChosen(minutes, minute) ? countBefore(seconds, (int) (second % MINUTE)) : 0;
        }
        return count;
    }

    /** The first at or after that second of the day; {@link #NONE} if no more come. */
    int next(int second) {
        int hour = second / HOUR;
        int minute = second % HOUR / MINUTE;
        if (isChosen(hours, hour)) {
            int sameMinute = isChosen(minutes, minute) ? first(seconds, second % MINUTE) : MINUTE;
            if (sameMinute < MINUTE) {
                return hour * HOUR + minute * MINUTE + sameMinute;
            }
            int later = first(minutes, minute + 1);
            if (later < MINUTE) {
                return hour * HOUR + later * MINUTE + first(seconds, 0);
            }
        }
        int later = first(hours, hour + 1);
        return later < HOURS ? later * HOUR + first(minutes, 0) * MINUTE + first(seconds, 0) : NONE;
    }

    private static boolean isChosen(long bits, int place) {
        return (bits >>> place & 1) == 1;
    }

    private static long countBefore(long bits, int place) {
        return Long.bitCount(bits & ((1L << place) - 1));
    }

    /** The first at or after that place; 64 if there is none. */
    private static int first(long bits, int place) {
        return Long.numberOfTrailingZeros(bits >>> place << place);
    }
}
