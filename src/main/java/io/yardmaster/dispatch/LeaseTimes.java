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
    private static final Duration LONGEST_BEAT = Duration.ofSeconds(1);

    /** The other figures in their ratio to the lease: of 20 s, offers stand 5 s and a pulse is stale after 3 s. */
    public static LeaseTimes of(Duration lease, Duration grace) {
        return new LeaseTimes(
                lease,
                grace,
                lease.dividedBy(OFFERS_IN_A_LEASE),
                lease.multipliedBy(STALE_TWENTIETHS).dividedBy(20));
    }

    /**
     * How often the pulse is beaten: three times before it is stale and at least each second. Were it beaten more seldom
     * than it grows stale, every beat would grant a grace, and nobody would ever be lost.
     */
    Duration beatEvery() {
        Duration third = staleAfter.dividedBy(STALE_TWENTIETHS);
        return third.compareTo(LONGEST_BEAT) < 0 ? third : LONGEST_BEAT;
    }
}
