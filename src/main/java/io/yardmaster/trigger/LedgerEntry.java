package io.yardmaster.trigger;

import java.time.Instant;

/**
 * One line of a schedule's ledger: instants of which the same became.
 *
 * @param from the first of them
 * @param through the last of them
 * @param what {@code RUN}, {@code UNACCOUNTED} or the reason why there are no runs
 * @param detail beside the reason, such as the calendar's name; or null
 */
public record LedgerEntry(Instant from, Instant through, long instants, String what, String detail) {
    public static final String RUN = "RUN";
    public static final String UNACCOUNTED = "UNACCOUNTED";
}
