package io.yardmaster.dispatch;

import io.yardmaster.job.Need;
import io.yardmaster.node.NodeLoad;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Candidates and runs for balancers, made up. */
final class Nodes {
    static final NodeLoad IDLE = new NodeLoad(0, 0, 100, 100, 100);

    private Nodes() {}

    /** One for each of {@code free}, with ids from 1 and so many slots free beside three in use. */
    static List<Candidate> withFree(List<Integer> free) {
        return IntStream.range(0, free.size())
                .mapToObj(i -> node(i + 1, 1, new Candidate.Room(free.get(i) + 3, 3, 30)))
                .toList();
    }

    /** One for each of {@code weights}, with ids from 1 and room for everything. */
    static List<Candidate> withWeights(List<Integer> weights) {
        return IntStream.range(0, weights.size())
                .mapToObj(i -> node(i + 1, weights.get(i), new Candidate.Room(10_000, 0, 0)))
                .toList();
    }

    static Candidate node(long id, int weight, Candidate.Room room) {
        return new Candidate(id * 100, id, weight, room, IDLE, Set.of());
    }

    static Candidate loaded(long id, NodeLoad load) {
        return new Candidate(id * 100, id, 1, new Candidate.Room(10, 0, 0), load, Set.of());
    }

    static Candidate labelled(long id, String... labels) {
        return new Candidate(id * 100, id, 1, new Candidate.Room(10, 0, 0), IDLE, Set.of(labels));
    }

    /** With ids from {@code first}, of jobs 0 to 6, each of 10 s. */
    static List<ReadyRun> runs(long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(id -> run(id, id % 7, Need.NONE))
                .toList();
    }

    static ReadyRun run(long id, long job, Need need) {
        return new ReadyRun(new RunEpoch(id, 0), job, need, 0, 10);
    }
}
