package io.yardmaster.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which slices of one queue end now. A pure function.
 *
 * @param quantum milliseconds that a run may run while others wait for its slot
 * @param running the queue's runs that run
 * @param nodes that they run on, by session
 * @param ready how many ready runs the queue has
 */
record Slices(long quantum, List<Running> running, Map<Long, Place> nodes, int ready) {
    /**
     * A run.
     *
     * @param ran milliseconds since its slice began
     * @param pausing whether it was asked to pause already
     * @param pausable whether it can
     */
    record Running(long run, long session, long ran, boolean pausing, boolean pausable) {}

    /**
     * A node.
     *
     * @param room how many more runs may be paused there, beside those that change places with a paused one
     * @param contestants paused runs that wait for a slot there
     * @param ready how many of the queue's ready runs could go there
     */
    record Place(int room, int contestants, int ready) {}

    /**
     * The runs to ask for a pause: one for each that waits, longest slice first. A ready run waits for any node that it fits
     * and that takes new ones, a paused one for its own.
     */
    List<Long> over() {
        Map<Long, Integer> contestants = new HashMap<>();
        Map<Long, Integer> room = new HashMap<>();
        Map<Long, Integer> fitting = new HashMap<>();
        nodes.forEach((session, node) -> {
            contestants.put(session, node.contestants());
            room.put(session, node.room());
            fitting.put(session, node.ready());
        });
        int waiting = ready;
        for (Running one : running) {
            if (one.pausing() && !takes(contestants, one.session())) {
                room.merge(one.session(), -1, Integer::sum);
                waiting -= takes(fitting, one.session()) ? 1 : 0;
            }
        }
        List<Long> over = new ArrayList<>();
        for (Running one : ripe()) {
            boolean inPlace = takes(contestants, one.session());
            boolean forReady = !inPlace && waiting > 0 && room.get(one.session()) > 0 && takes(fitting, one.session());
            if (forReady) {
                room.merge(one.session(), -1, Integer::sum);
                waiting--;
            }
            if (inPlace || forReady) {
                over.add(one.run());
            }
        }
        return over;
    }

    /** Milliseconds until the next slice of a run that can be paused is over; empty if there is none to come. */
    OptionalLong next() {
        return running.stream()
                .filter(one -> one.pausable() && !one.pausing() && one.ran() < quantum)
                .mapToLong(one -> quantum - one.ran())
                .min();
    }

    private List<Running> ripe() {
        return running.stream()
                .filter(one -> one.pausable() && !one.pausing() && one.ran() >= quantum)
                .filter(one -> nodes.containsKey(one.session()))
                .sorted(Comparator.comparingLong(Running::ran).reversed().thenComparing(Running::run))
                .toList();
    }

    private static boolean takes(Map<Long, Integer> left, long session) {
        if (left.getOrDefault(session, 0) <= 0) {
            return false;
        }
        left.merge(session, -1, Integer::sum);
        return true;
    }
}
