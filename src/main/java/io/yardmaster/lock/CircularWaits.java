package io.yardmaster.lock;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds jobs that wait in a circle: runs of each could begin only after one of another has ended, or of its own. A least fixpoint, as for
 * Horn clauses (Dowling, Gallier 1984): a job can begin if what it waits for can come to hold by the first values and by what jobs give
 * that can begin. What jobs do not give at all is given from outside.
 */
public final class CircularWaits {
    /** Where there are more combinations of values, a wait is taken for possible. */
    private static final int MOST_COMBINATIONS = 200;

    private final Map<Long, Variables> first;
    private final List<Party> parties;

    /** A job, what it waits for at each condition, and what its ends give. */
    public record Party(String job, Map<Long, Claim.Wait> waits, List<Gift> gifts) {}

    /**
     * What an end gives a condition.
     *
     * @param signals whether who waits for a signal is called
     * @param variables as texts
     */
    public record Gift(long condition, boolean signals, Map<String, String> variables) {}

    /** @param first values of each condition that the parties name */
    public CircularWaits(Map<Long, Variables> first, Collection<Party> parties) {
        this.first = Map.copyOf(first);
        this.parties = List.copyOf(parties);
    }

    /** The names of those that can never begin, in the order given. */
    public List<String> stuck() {
        Set<Party> beginning = new HashSet<>();
        List<Party> more;
        do {
            more = parties.stream()
                    .filter(party -> !beginning.contains(party) && canBegin(party, beginning))
                    .toList();
        } while (beginning.addAll(more));
        return parties.stream()
                .filter(party -> !beginning.contains(party))
                .map(Party::job)
                .toList();
    }

    private boolean canBegin(Party party, Set<Party> beginning) {
        return party.waits().entrySet().stream().allMatch(one -> isMet(one.getKey(), one.getValue(), beginning));
    }

    private boolean isMet(long condition, Claim.Wait wait, Set<Party> beginning) {
        return wait.timeout() != null
                || isGiven(wait, condition, beginning)
                || !isGiven(wait, condition, parties)
                || combinations(choices(condition, gifts(condition, parties))) > MOST_COMBINATIONS;
    }

    private boolean isGiven(Claim.Wait wait, long condition, Collection<Party> givers) {
        List<Gift> gifts = gifts(condition, givers);
        if (wait.when() == null) {
            return gifts.stream().anyMatch(Gift::signals);
        }
        SortedMap<String, Set<Object>> choices = choices(condition, gifts);
        return combinations(choices) > MOST_COMBINATIONS || canHold(wait, new TreeMap<>(), choices);
    }

    private static List<Gift> gifts(long condition, Collection<Party> givers) {
        return givers.stream()
                .flatMap(giver -> giver.gifts().stream())
                .filter(gift -> gift.condition() == condition)
                .toList();
    }

    private static long combinations(SortedMap<String, Set<Object>> choices) {
        return choices.values().stream().mapToLong(Set::size).reduce(1, (a, b) -> Math.min(a * b, 1L << 30));
    }

    private SortedMap<String, Set<Object>> choices(long condition, List<Gift> gifts) {
        Variables begin = first.get(condition);
        SortedMap<String, Set<Object>> choices = new TreeMap<>();
        begin.values().forEach((name, value) -> choices.put(name, new LinkedHashSet<>(List.of(value))));
        gifts.stream()
                .map(Gift::variables)
                .filter(given -> begin.misfits(given).isEmpty())
                .map(begin::with)
                .forEach(then ->
                        then.values().forEach((name, value) -> choices.get(name).add(value)));
        return choices;
    }

    /** With the values {@code chosen} and some of {@code choices} for each other variable. */
    private static boolean canHold(
            Claim.Wait wait, SortedMap<String, Object> chosen, SortedMap<String, Set<Object>> choices) {
        if (choices.isEmpty()) {
            return wait.holds(new Variables(chosen));
        }
        String name = choices.firstKey();
        SortedMap<String, Set<Object>> others = new TreeMap<>(choices);
        return others.remove(name).stream().anyMatch(value -> {
            SortedMap<String, Object> more = new TreeMap<>(chosen);
            more.put(name, value);
            return canHold(wait, more, others);
        });
    }
}
