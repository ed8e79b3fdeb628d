package io.yardmaster.dispatch;

import io.yardmaster.job.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nodes that are connected.
 *
 * @param candidates those that may be given runs, by ascending node id
 * @param leftOut the others, likewise
 */
record Fleet(List<Candidate> candidates, List<LeftOut> leftOut) {
    record LeftOut(Candidate node, Exclusion reason) {}

    /** How many runs of {@code need} there is room for. */
    int roomFor(Need need) {
        return candidates.stream()
                .filter(node -> need.fits(node.labels()))
                .mapToInt(node -> node.free() / need.slots())
                .sum();
    }

    /** Only the nodes that may get runs of {@code need}, be it later. */
    Fleet fitting(Need need) {
        return new Fleet(
                candidates.stream()
                        .filter(node -> need.fits(node.labels()) && node.room().slots() >= need.slots())
                        .toList(),
                leftOut);
    }

    /** The node that is kept for a run of {@code need} that has {@code waited} so many seconds, for which none has room now. */
    Candidate reserved(Need need, double waited) {
        return Seating.reserved(fitting(need).candidates(), Candidate::free, waited);
    }

    /** Those that are left out for one of {@code reasons}. */
    List<Candidate> leftOut(Set<Exclusion> reasons) {
        return leftOut.stream()
                .filter(one -> reasons.contains(one.reason()))
                .map(LeftOut::node)
                .toList();
    }

    /** The same, but {@code kept} sessions are left out as such. */
    Fleet keeping(Set<Long> kept) {
        if (kept.isEmpty()) {
            return this;
        }
        Map<Boolean, List<Candidate>> parted =
                candidates.stream().collect(Collectors.partitioningBy(node -> kept.contains(node.session())));
        List<LeftOut> out = new ArrayList<>(leftOut);
        parted.get(true).forEach(node -> out.add(new LeftOut(node, Exclusion.KEPT)));
        return new Fleet(parted.get(false), out);
    }

    /** Of all, those left out too. */
    List<Long> sessions() {
        return Stream.concat(candidates.stream(), leftOut.stream().map(LeftOut::node))
                .map(Candidate::session)
                .toList();
    }

    int slots() {
        return candidates.stream().mapToInt(node -> node.room().slots()).sum();
    }

    int busy() {
        return candidates.stream().mapToInt(node -> node.room().busy()).sum();
    }

    int free() {
        return candidates.stream().mapToInt(Candidate::free).sum();
    }
}
