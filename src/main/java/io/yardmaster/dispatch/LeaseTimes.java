package io.yardmaster.dispatch;

import java.time.Duration;

/**
 * The server's figures of a lease, all by the database's clock.
 *
 * @param lease how long a heartbeat lasts
 * @param grace how much later a session counts as lost
 * @param acceptWithin how long an offer stands
 * @param staleAfter a pulse that was not beaten for so long tells that the database, or all servers, were away
 */
public record LeaseTimes(Duration lease, Duration grace, Duration acceptWithin, Duration staleAfter) {
    private static final int OFFERS_IN_A_LEASE = 4;
    private static final int STALE_TWENTIETHS = 3;

    /** The other figures in their ratio to the lease: of 20 s, offers stand 5 s and a pulse is stale after 3 s. */
    public static LeaseTimes of(Duration lease, Duration grace) {
        return new LeaseTimes(
                lease,
                grace,
                lease.dividedBy(OFFERS_IN_A_LEASE),
                lease.multipliedBy(STALE_TWENTIETHS).dividedBy(20));
    }
}
