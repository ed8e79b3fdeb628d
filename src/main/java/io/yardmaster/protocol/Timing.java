package io.yardmaster.protocol;

/**
 * The figures of a lease, in milliseconds. A worker kills what it holds {@code lease - margin} after it <em>sent</em>
 * its last acknowledged heartbeat, by its monotonic clock; the server takes back only after {@code lease + grace} by
 * the database's clock. So the old processes are dead before the new ones start.
 *
 * @param lease how long an acknowledged heartbeat lasts
 * @param heartbeat how often one is sent
 * @param margin how much earlier the worker gives up
 * @param grace how much later the server takes back
 */
public record Timing(long lease, long heartbeat, long margin, long grace) {
    /** The figures of docs/architecture.md: take-over within 25 s, 12 s of outage disturb nothing. */
    public static final Timing STANDARD = new Timing(20_000, 2_000, 4_000, 2_000);

    public Timing {
        if (heartbeat <= 0 || margin <= heartbeat || lease < margin + 4 * heartbeat || grace <= 0) {
            throw new IllegalArgumentException(
                    "lease " + lease + " ms, heartbeat " + heartbeat + " ms, margin " + margin
                            + " ms, grace " + grace + " ms: it must hold that heartbeat < margin, "
                            + "lease >= margin + 4 heartbeats, grace > 0");
        }
    }

    /** The same ratios, {@code divisor} times faster. */
    public Timing dividedBy(int divisor) {
        return new Timing(lease / divisor, heartbeat / divisor, margin / divisor, grace / divisor);
    }
}
