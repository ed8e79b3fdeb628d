package io.yardmaster.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which paused runs of one queue go on, and which nodes are kept for those that need more room. A pure function. */
final class Contest {
    /**
     * A paused run.
     *
     * @param key lowest first
     * @param waited seconds since it was paused
     */
    record Contestant(long run, long session, int slots, long key, double waited) {}

    /**
     * A ready run of the queue.
     *
     * @param keeps session of the node that is kept for it, since no node has room for it and it has waited for long; null if
     *     there is room
     */
    record Rival(long key, int slots, Long keeps) {}

    /**
     * @param goOn ids
     * @param kept sessions of which the queue's ready runs are to be given nothing
     */
    record Outcome(List<Long> goOn, Set<Long> kept) {}

    private final List<Rival> rivals;
    private final int limit;
    private final Map<Long, Candidate> nodes = new HashMap<>();
    private final Set<Long> contested = new HashSet<>();
    private final Map<Long, Integer> given = new HashMap<>();
    private final Set<Long> kept = new HashSet<>();
    private final List<Long> goOn = new ArrayList<>();
    private int open;

    /**
     * @param alone nodes that take nothing new, but let go on what they have
     * @param limit how many more runs of the queue may be on nodes
     */
    Contest(Fleet fleet, List<Candidate> alone, List<Rival> rivals, int limit) {
        this.rivals = rivals;
        this.limit = limit;
        alone.forEach(node -> nodes.put(node.session(), node));
        for (Candidate node : fleet.candidates()) {
            nodes.put(node.session(), node);
            contested.add(node.session());
        }
        open = fleet.free();
    }

    /** Sessions with room for any. */
    List<Long> open() {
        return nodes.values().stream()
                .filter(node -> node.free() > 0)
                .map(Candidate::session)
                .toList();
    }

    /**
     * Each ready run of a lower key has its slots somewhere before a contestant has any.
     *
     * @param contestants lowest key first, all on {@link #open} sessions
     */
    Outcome among(List<Contestant> contestants) {
        contestants.forEach(this::hear);
        return new Outcome(goOn, kept);
    }

    private void hear(Contestant one) {
        List<Rival> before = contested.contains(one.session())
                ? rivals.stream().filter(rival -> rival.key() < one.key()).toList()
                : List.of();
        if (kept.contains(one.session())
                || before.stream().anyMatch(rival -> Long.valueOf(one.session()).equals(rival.keeps()))) {
            return;
        }
        List<Rival> served =
                before.stream().filter(rival -> rival.keeps() == null).toList();
        boolean allowed = goOn.size() + served.size() < limit;
        if (allowed && hasRoom(one, served.stream().mapToInt(Rival::slots).sum())) {
            goOn.add(one.run());
            given.merge(one.session(), one.slots(), Integer::sum);
            open -= contested.contains(one.session()) ? one.slots() : 0;
        } else if (before.isEmpty() && one.waited() >= Seating.RESERVED_AFTER_SECONDS) {
            kept.add(one.session());
        }
    }

    /** What takes more than its node has by now goes on when it is alone there: nowhere else it ever could. */
    private boolean hasRoom(Contestant one, int before) {
        Candidate node = nodes.get(one.session());
        int there = given.getOrDefault(one.session(), 0);
        int free = node.free() - there;
        boolean fits = free >= one.slots() || node.room().busy() + there == 0;
        return fits
                && (!contested.contains(one.session()) || open - before >= Math.min(one.slots(), Math.max(1, free)));
    }
}
