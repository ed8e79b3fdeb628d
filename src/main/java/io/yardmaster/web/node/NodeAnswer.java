package io.yardmaster.web.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.node.ListedNode;
import io.yardmaster.node.NodeLoad;
import io.yardmaster.node.NodeSession;
import io.yardmaster.node.NodeState;
import io.yardmaster.node.NodeTerms;
import io.yardmaster.web.api.Ids;
import java.time.Instant;
import java.util.Set;

/**
 * A node as the API tells it; of one that never lived, nothing is said about its session.
 *
 * @param slots how many runs it may have
 * @param usableSlots how many it can and may have
 * @param busy how many slots its runs take
 * @param labels operators' and its worker's
 * @param emptyBy when the last run of a node that gets no more is predicted to be over; null if not known
 * @param overloaded which threshold its load exceeds; null if none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NodeAnswer(
        String id,
        String name,
        String description,
        NodeState state,
        boolean live,
        boolean revoked,
        int slots,
        int usableSlots,
        int busy,
        int weight,
        int version,
        NodeTerms terms,
        Set<String> labels,
        NodeTerms.Resource overloaded,
        Instant emptyBy,
        Session session,
        NodeLoad load) {
    /** The worker's latest life. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Session(
            Instant startedAt,
            Instant endedAt,
            String host,
            String address,
            String workerVersion,
            String containment,
            Long clockOffsetMillis) {}

    static NodeAnswer of(ListedNode node) {
        return new NodeAnswer(
                Ids.written(node.id()),
                node.name(),
                node.description(),
                node.state(),
                node.isLive(),
                node.revoked(),
                node.slots(),
                node.usableSlots(),
                node.busy(),
                node.weight(),
                node.version(),
                node.terms(),
                node.labels(),
                node.overloaded(),
                node.emptyBy(),
                session(node.session()),
                node.load());
    }

    private static Session session(NodeSession session) {
        if (session == null) {
            return null;
        }
        NodeSession.Machine machine = session.machine();
        return new Session(
                session.startedAt(),
                session.endedAt(),
                machine.host(),
                machine.address(),
                machine.workerVersion(),
                machine.containment(),
                session.clockOffsetMillis());
    }
}
