package io.yardmaster.trigger;

/**
 * What one transaction over the due timetables did.
 *
 * @param timetables how many it dealt with
 * @param runs how many runs it made
 */
record Pass(int timetables, int runs) {
    static final Pass NOTHING = new Pass(0, 0);

    /** Which timetable is being dealt with, should it fail. */
    static final class Subject {
        private long timetable = -1;

        void is(long id) {
            timetable = id;
        }

        boolean known() {
            return timetable >= 0;
        }

        long timetable() {
            return timetable;
        }
    }
}
