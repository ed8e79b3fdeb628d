package io.yardmaster.dispatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was decided for one batch, and on what grounds.
 *
 * @param made acted on
 * @param beside what the queue's shadow chose; null if it has none
 */
record Decision(Fleet fleet, Balancer.Choices made, Balancer.Choices beside) {
    static final int NOWHERE = -1;

    static Decision of(QueueHold queue, Fleet fleet, List<ReadyRun> runs) {
        return new Decision(
                fleet,
                queue.balancer().choose(fleet.candidates(), runs),
                queue.shadow() == null ? null : queue.shadow().choose(fleet.candidates(), runs));
    }

    /** How many slots it gives out. */
    int slots() {
        return made.chosen().stream()
                .mapToInt(choice -> choice.run().need().slots())
                .sum();
    }

    /** Where each run goes, as the index of its candidate. */
    List<Integer> places() {
        Map<Long, Integer> indexes = indexes();
        return made.chosen().stream()
                .map(choice -> indexes.get(choice.node().node()))
                .toList();
    }

    /** Where the shadow would have put each run that has a place; {@link #NOWHERE} if it found none. Empty without shadow. */
    List<Integer> shadowPlaces() {
        if (beside == null) {
            return List.of();
        }
        Map<Long, Integer> indexes = indexes();
        Map<Long, Integer> chosen = new HashMap<>();
        beside.chosen()
                .forEach(choice -> chosen.put(
                        choice.run().ref().run(), indexes.get(choice.node().node())));
        return made.chosen().stream()
                .map(choice -> chosen.getOrDefault(choice.run().ref().run(), NOWHERE))
                .toList();
    }

    /** How many runs the shadow would have put elsewhere; null without shadow. */
    Integer differing() {
        if (beside == null) {
            return null;
        }
        List<Integer> others = shadowPlaces();
        List<Integer> places = places();
        int differing = 0;
        for (int i = 0; i < places.size(); i++) {
            differing += places.get(i).equals(others.get(i)) ? 0 : 1;
        }
        return differing;
    }

    /**
     * How much less predicted work per slot stood on the nodes that the shadow chose than on those chosen, in seconds, added
     * up over the runs; null without shadow.
     */
    Double gain() {
        return beside == null ? null : ahead(made) - ahead(beside);
    }

    /** The winners' scores, or those of all candidates one run after the other where they were kept. */
    List<Float> scores() {
        return made.chosen().stream()
                .flatMap(choice -> choice.scores().isEmpty() ? Stream.of(choice.score()) : choice.scores().stream())
                .map(score -> score == null ? null : score.floatValue())
                .toList();
    }

    private static double ahead(Balancer.Choices choices) {
        return choices.chosen().stream().mapToDouble(Balancer.Choice::ahead).sum();
    }

    private Map<Long, Integer> indexes() {
        Map<Long, Integer> indexes = new HashMap<>();
        fleet.candidates().forEach(candidate -> indexes.put(candidate.node(), indexes.size()));
        return indexes;
    }
}
