package io.yardmaster.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Objects;

/**
 * What a balancer remembers between batches of one queue.
 *
 * @param cursor id of the node chosen last; 0 before the first
 * @param weights by node id, how much of its share each is owed; empty for balancers that do not weigh
 */
public record BalancerState(long cursor, Map<Long, Long> weights) {
    static final BalancerState NEW = new BalancerState(0, Map.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    public BalancerState {
        weights = Objects.requireNonNullElse(weights, Map.of());
    }

    static BalancerState fromJson(String json) {
        try {
            return JSON.readValue(json, BalancerState.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("the state of a balancer cannot be read: " + json, unreadable);
        }
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
