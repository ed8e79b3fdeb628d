package io.yardmaster.dispatch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.yardmaster.queue.Balancing;
import java.time.Instant;
import java.util.List;

/**
 * Why a run's last offer went to the node that it went to.
 *
 * @param id of the decision, which may have been made for other runs as well
 * @param server that made it
 * @param shadow decided beside it; null if the queue had none
 * @param position of the run among those of the same decision, from 1
 * @param runs how many the decision was made for
 * @param tied whether another node was as good, so that turn decided
 * @param shadowNode name of the node that the shadow would have chosen; null if it had none, or found no room
 * @param agreed whether the shadow chose the same; null if there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunDecision(
        String id,
        Instant at,
        String server,
        Balancing balancer,
        Balancing shadow,
        int position,
        int runs,
        boolean tied,
        String shadowNode,
        Boolean agreed,
        List<Option> nodes) {

    /**
     * A node that was connected, as it stood when it was this run's turn.
     *
     * @param node its id
     * @param name null if it is not known any more
     * @param busy slots in use, those given to earlier runs of the decision among them
     * @param work predicted seconds of work left per slot, before the decision
     * @param cpu share of the processors in use, 0 to 1
     * @param memory likewise
     * @param disk likewise
     * @param score in the balancer's own measure, the highest wins; null if the run could not go there, or many runs were
     *     decided at once: then only the chosen node's is kept
     * @param exclusion why it could not be given anything; null if it could
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Option(
            String node,
            String name,
            boolean chosen,
            int slots,
            int busy,
            int weight,
            float work,
            float cpu,
            float memory,
            float disk,
            Float score,
            Exclusion exclusion) {
        /** Whether it had no slot free. */
        @JsonProperty
        public boolean full() {
            return exclusion == null && busy >= slots;
        }
    }
}
