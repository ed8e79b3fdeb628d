package io.yardmaster.dispatch;

import java.util.List;
import java.util.function.Supplier;

/**
 * Gives each run, in order, the node of the highest rating among those that fit it and have room for it; the next in turn if
 * several are as good. Preferences count before the rating.
 */
final class Rated implements Balancer {
    private final Supplier<Rating> rating;

    Rated(Supplier<Rating> rating) {
        this.rating = rating;
    }

    @Override
    public Choices choose(List<Candidate> candidates, BalancerState state, List<ReadyRun> runs) {
        return new Seating(candidates, state, rating.get()).of(runs);
    }
}
