package io.yardmaster.dispatch;

import io.yardmaster.queue.Balancing;
import java.util.List;
import java.util.Set;

/** Chooses nodes. A pure function: the same input gives the same choice, on every server. */
@FunctionalInterface
public interface Balancer {
    /**
     * @param candidates in any order; may be full, or not what a run needs
     * @param runs those that wait for a node, in their order
     */
    Choices choose(List<Candidate> candidates, BalancerState state, List<ReadyRun> runs);

    /**
     * @param chosen in the runs' order; without those that no candidate has room for
     * @param state to be given to the next call
     * @param kept sessions of which what is free is kept for a run that needs more of it
     */
    record Choices(List<Choice> chosen, BalancerState state, Set<Long> kept) {}

    /**
     * One run's node.
     *
     * @param score of the node, in the balancer's own measure; the highest wins among those that meet equally many of
     *     the run's preferences
     * @param tied whether another node was as good, so that turn decided
     * @param ahead predicted seconds of work per slot that the node had before it got the run
     * @param scores of all candidates by ascending node id, null where there was no room or no fit; empty in a large batch
     */
    record Choice(ReadyRun run, Candidate node, double score, boolean tied, double ahead, List<Double> scores) {}

    /** The balancer that a queue names. */
    static Balancer of(Balancing named) {
        return switch (named) {
            case ROUND_ROBIN -> new Rated(() -> (run, seat) -> 0);
            case LEAST_CONNECTIONS -> new Rated(() -> (run, seat) -> -seat.used());
            case WEIGHTED_ROUND_ROBIN -> new Rated(SmoothWeights::new);
            case MIN_REMAINING_TIME -> new Rated(() -> (run, seat) -> -seat.workPerSlot());
            case RESOURCE_AWARE -> new Rated(() -> (run, seat) -> seat.headroom());
            case POWER_OF_TWO -> new Rated(TwoDrawn::new);
            case STICKY -> new Rated(() -> Rendezvous::score);
        };
    }
}
