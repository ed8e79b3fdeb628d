package io.yardmaster.dispatch;

import io.yardmaster.job.Need;
import java.util.List;
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
