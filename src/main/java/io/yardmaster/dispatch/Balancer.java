package io.yardmaster.dispatch;

import java.util.List;

/** Chooses nodes. A pure function: the same input gives the same choice, on every server. */
@FunctionalInterface
public interface Balancer {
    /**
     * @param candidates in any order; may be empty or full
     * @param runs how many runs wait for a node, in their order
     */
    Choices choose(List<Candidate> candidates, BalancerState state, int runs);

    /**
     * @param chosen one candidate per run, in the runs' order; shorter than the runs if there are not enough free slots
     * @param state to be given to the next call
     */
    record Choices(List<Candidate> chosen, BalancerState state) {}

    /** The balancer that a queue names. */
    static Balancer named(String name) {
        return switch (name) {
            case "ROUND_ROBIN" -> new RoundRobin();
            default -> throw new IllegalArgumentException("there is no balancer " + name);
        };
    }
}
