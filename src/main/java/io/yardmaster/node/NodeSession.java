package io.yardmaster.node;

import java.time.Instant;
import java.util.List;

/**
 * One life of a worker's process.
 *
 * @param leaseUntil end of the lease by the database's clock
 * @param endedAt null while live
 * @param slots runs at a time that the worker can have
 * @param draining whether the worker takes nothing new, since it is being stopped
 * @param clockOffsetMillis how far its wall clock is ahead of the database's; null if not told
 */
public record NodeSession(
        long id,
        long node,
        SessionState state,
        Instant startedAt,
        Instant leaseUntil,
        Instant endedAt,
        int slots,
        boolean draining,
        Long clockOffsetMillis,
        Machine machine) {
    /**
     * Where the process lives.
     *
     * @param bootId the kernel's boot id
     * @param host host name, as the machine calls itself
     * @param address IP address that it dials from
     * @param workerVersion version of the program
     * @param containment how task processes are kept
     * @param labels that its worker told, as {@code key=value} or bare
     */
    public record Machine(
            String bootId, String host, String address, String workerVersion, String containment, List<String> labels) {
        /** Whether both are processes of the same boot of the same machine. */
        public boolean isSameBoot(Machine other) {
            return bootId.equals(other.bootId) && host.equals(other.host);
        }
    }
}
