package io.yardmaster.cluster;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** When runs end that take turns, as the textbook computes it (Silberschatz, Operating System Concepts, section 5.3.3). */
final class RoundRobinTable {
    private final List<List<Long>> slices;
    private final int slots;
    private final int[] had;
    private final long[] ends;
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final PriorityQueue<Slice> running = new PriorityQueue<>(Comparator.comparing(Slice::until));

    private record Slice(int run, long until) {}

    private RoundRobinTable(List<List<Long>> slices, int slots) {
        this.slices = slices;
        this.slots = slots;
        this.had = new int[slices.size()];
        this.ends = new long[slices.size()];
        IntStream.range(0, slices.size()).forEach(waiting::add);
    }

    /**
     * The end of each run.
     *
     * @param slices how long the slices of each run are, in the order in which they come; at least one
     */
    static List<Long> ends(List<List<Long>> slices, int slots) {
        RoundRobinTable table = new RoundRobinTable(slices, slots);
        table.fill(0);
        while (!table.running.isEmpty()) {
            table.end(table.running.poll());
        }
        return LongStream.of(table.ends).boxed().toList();
    }

    /** Pairs, by their places, of which the one ends by more than {@code tolerance} before the other and was seen to end after it. */
    static List<String> swapped(List<Long> ends, List<Instant> seen, long tolerance) {
        List<String> pairs = new ArrayList<>();
        for (int one = 0; one < ends.size(); one++) {
            for (int other = 0; other < ends.size(); other++) {
                if (ends.get(one) + tolerance < ends.get(other) && seen.get(one).isAfter(seen.get(other))) {
                    pairs.add(one + " after " + other);
                }
            }
        }
        return pairs;
    }

    private void fill(long now) {
        while (running.size() < slots && !waiting.isEmpty()) {
            int run = waiting.poll();
            running.add(new Slice(run, now + slices.get(run).get(had[run])));
            had[run]++;
        }
    }

    private void end(Slice slice) {
        if (had[slice.run()] == slices.get(slice.run()).size()) {
            ends[slice.run()] = slice.until();
        } else {
            waiting.add(slice.run());
        }
        fill(slice.until());
    }
}
