package io.yardmaster.timetable;

import java.time.Instant;

/**
 * One instant of a timetable.
 *
 * @param at when it is due, in whole seconds: the nominal instant, or where the calendar's rule moved it
 * @param nominal the instant by the expression, by which it is known
 * @param adjustment what a clock change did to it
 * @param skipped whether the calendar leaves it out
 */
public record Occurrence(Instant at, Instant nominal, Adjustment adjustment, boolean skipped) {
    /** Due when the expression says. */
    Occurrence(Instant at, Adjustment adjustment) {
        this(at, at, adjustment, false);
    }

    /** The same, left out by the calendar. */
    Occurrence leftOut() {
        return new Occurrence(nominal, nominal, adjustment, true);
    }

    /** The adjustment's name, for a run's record; null for none. */
    public String adjusted() {
        return adjustment == Adjustment.NONE ? null : adjustment.name();
    }

    /** Whether the calendar's rule moved it. */
    public boolean moved() {
        return !at.equals(nominal);
    }
}
