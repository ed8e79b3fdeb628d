package io.yardmaster.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.UUID;

/**
 * {@code POST /agent/v1/sessions}: one start of a worker's process. Answered 409 while an older session of the same
 * node is live and was not ended by {@code endsSession}; the worker then asks again.
 *
 * @param registration random, and the same each time a worker asks for one and the same session, so that it gets the one
 *     that it was already given by an answer that was lost; null from workers of earlier versions
 * @param bootId the kernel's boot id, so that a restart on the same machine can be told from a copied identity
 * @param host host name
 * @param workerVersion version of the program
 * @param containment how task processes are kept: {@code PID_NAMESPACE} or {@code PROCESS_GROUP}
 * @param slots how many tasks it runs at a time
 * @param endsSession id of the previous session of this data directory, none of whose processes is left; or null
 * @param ended attempts that the session in {@code endsSession} held, that ended before it did and whose reports are
 *     still to be sent: they pass to the new session and are not repeated; may be empty, never null
 * @param clockMillis the worker's wall clock, milliseconds since 1970 UTC; shown, never used
 * @param labels of the node as its worker's settings have them, {@code key=value} or bare; none from workers of earlier
 *     versions
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SessionRequest(
        UUID registration,
        String bootId,
        String host,
        String workerVersion,
        String containment,
        int slots,
        String endsSession,
        List<RunRef> ended,
        long clockMillis,
        List<String> labels) {
    public SessionRequest {
        ended = ended == null ? List.of() : List.copyOf(ended);
        labels = labels == null ? List.of() : List.copyOf(labels);
    }
}
