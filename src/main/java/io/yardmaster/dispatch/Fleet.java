package io.yardmaster.dispatch;

import java.util.List;

/**
 * The nodes that are connected.
 *
 * @param candidates those that may be given runs, by ascending node id
 * @param leftOut the others, likewise
 */
record Fleet(List<Candidate> candidates, List<LeftOut> leftOut) {
    record LeftOut(Candidate node, Exclusion reason) {}

    int free() {
        return candidates.stream().mapToInt(Candidate::free).sum();
    }
}
