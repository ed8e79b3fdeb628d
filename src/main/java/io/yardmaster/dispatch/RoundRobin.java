package io.yardmaster.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each node in turn, by ascending id; full ones are passed over. */
final class RoundRobin implements Balancer {
    @Override
    public Choices choose(List<Candidate> candidates, BalancerState state, int runs) {
        List<Candidate> ring = candidates.stream()
                .filter(candidate -> candidate.free() > 0)
                .sorted(Comparator.comparingLong(Candidate::node))
                .toList();
        int free = ring.stream().mapToInt(Candidate::free).sum();
        Map<Candidate, Integer> left = new HashMap<>();
        ring.forEach(candidate -> left.put(candidate, candidate.free()));
        List<Candidate> chosen = new ArrayList<>();
        int at = after(ring, state.cursor());
        while (chosen.size() < Math.min(runs, free)) {
            Candidate next = ring.get(at % ring.size());
            if (left.merge(next, -1, Integer::sum) >= 0) {
                chosen.add(next);
            }
            at++;
        }
        long cursor = chosen.isEmpty()
                ? state.cursor()
                : chosen.get(chosen.size() - 1).node();
        return new Choices(List.copyOf(chosen), new BalancerState(cursor));
    }

    private static int after(List<Candidate> ring, long cursor) {
        int at = 0;
        while (at < ring.size() && ring.get(at).node() <= cursor) {
            at++;
        }
        return at;
    }
}
