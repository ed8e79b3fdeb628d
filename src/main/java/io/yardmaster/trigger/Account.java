package io.yardmaster.trigger;

/**
 * What became of a schedule's instants.
 *
 * @param expected instants at which it was on
 * @param runs how many of them have a run
 * @param skipped how many the calendar left out
 * @param missed how many came too late, or were let go after a pause
 * @param paused how many wait for the end of a pause
 */
public record Account(long expected, long runs, long skipped, long missed, long paused) {
    static final Account NOTHING = new Account(0, 0, 0, 0, 0);

    /** Instants that nothing is known of: must be 0. */
    public long unaccounted() {
        return expected - runs - skipped - missed - paused;
    }
}
