package io.yardmaster.timetable;

/**
 * The times of day of a cron expression, which are the same on each of its days: every chosen second of every chosen minute
 * of every chosen hour. Counts without visiting them.
 */
final class DayTimes {
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;

    private final int[] hours;
    private final int[] minutes;
    private final int[] seconds;

    private DayTimes(int[] hours, int[] minutes, int[] seconds) {
        this.hours = hours;
        this.minutes = minutes;
        this.seconds = seconds;
    }

    /** @param found any local time that matches */
    static DayTimes of(LocalTimes times, long found) {
        long day = Math.floorDiv(found, LocalCron.DAY) * LocalCron.DAY;
        long hour = Math.floorDiv(found, HOUR) * HOUR;
        long minute = Math.floorDiv(found, MINUTE) * MINUTE;
        return new DayTimes(
                upTo(times, day, HOUR, 24), upTo(times, hour, MINUTE, MINUTE), upTo(times, minute, 1, MINUTE));
    }

    /** How many come before that second of the day, 0 to 86,400. */
    long before(long second) {
        int hour = (int) (second / HOUR);
        int minute = (int) (second % HOUR / MINUTE);
        long count = hours[hour] * (long) minutes[MINUTE] * seconds[MINUTE];
        if (chosen(hours, hour)) {
            count += minutes[minute] * (long) seconds[MINUTE];
            count += chosen(minutes, minute) ? seconds[(int) (second % MINUTE)] : 0;
        }
        return count;
    }

    private static boolean chosen(int[] upTo, int place) {
        return place < upTo.length - 1 && upTo[place + 1] > upTo[place];
    }

    /** At each place, how many of the places before it have a match. */
    private static int[] upTo(LocalTimes times, long start, long length, int places) {
        int[] upTo = new int[places + 1];
        for (int i = 0; i < places; i++) {
            long from = start + i * length;
            upTo[i + 1] = upTo[i] + (times.match(from) < from + length ? 1 : 0);
        }
        return upTo;
    }
}
