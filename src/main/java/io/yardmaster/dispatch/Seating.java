package io.yardmaster.dispatch;

import io.yardmaster.job.Need;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** One batch of runs while it is placed. */
final class Seating {
    /** Runs times nodes up to which every score is kept, so that a decision of many runs stays small. */
    private static final int SCORES_KEPT = 1000;

    private static final int UNFIT = -1;

    /** After so long, runs that need few slots no longer overtake one that needs several. */
    static final double RESERVED_AFTER_SECONDS = 30;

    /** How long the same node is kept for a run: what is on it may never end. */
    private static final double RESERVED_SECONDS = 600;

    private final Rating rating;
    private final List<Seat> seats = new ArrayList<>();
    private final Map<Need, int[]> preferences = new HashMap<>();
    private final List<Seat> open = new ArrayList<>();
    private long cursor;
    private int turn;

    Seating(List<Candidate> candidates, BalancerState state, Rating rating) {
        this.rating = rating;
        this.cursor = state.cursor();
        candidates.stream().sorted(Comparator.comparingLong(Candidate::node)).forEach(node -> {
            seats.add(new Seat(node, seats.size(), state.weights().getOrDefault(node.node(), 0L)));
            turn += node.node() <= cursor ? 1 : 0;
        });
    }

    Balancer.Choices of(List<ReadyRun> runs) {
        boolean detailed = runs.size() * seats.size() <= SCORES_KEPT;
        List<Balancer.Choice> chosen = new ArrayList<>(runs.size());
        for (ReadyRun run : runs) {
            int[] preference = preferences.computeIfAbsent(run.need(), this::preferences);
            openFor(run, preference);
            if (!open.isEmpty()) {
                rating.begin(run, open);
                chosen.add(choose(run, preference, detailed));
            } else if (run.need().slots() > 1 && run.waited() >= RESERVED_AFTER_SECONDS) {
                reserve(run, preference);
            }
        }
        return new Balancer.Choices(List.copyOf(chosen), new BalancerState(cursor, owed()), kept());
    }

    private int[] preferences(Need need) {
        return seats.stream()
                .map(seat -> seat.node().labels())
                .mapToInt(labels -> need.fits(labels) ? need.preference(labels) : UNFIT)
                .toArray();
    }

    /** In turn: first the one after that which was chosen last. */
    private void openFor(ReadyRun run, int[] preference) {
        open.clear();
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get((turn + i) % seats.size());
            if (preference[seat.place()] != UNFIT && seat.left() >= run.need().slots()) {
                open.add(seat);
            }
        }
    }

    /** One node is given to no run behind this one. */
    private void reserve(ReadyRun run, int[] preference) {
        List<Seat> large = seats.stream()
                .filter(seat -> preference[seat.place()] != UNFIT)
                .filter(seat -> seat.node().room().slots() >= run.need().slots())
                .toList();
        if (!large.isEmpty()) {
            reserved(large, Seat::left, run.waited()).reserve();
        }
    }

    /**
     * Which node is kept for a run that has waited so long for one of {@code large}: at first that which will probably be the
     * first with enough slots, then each in turn.
     *
     * @param large by ascending node id
     */
    static <T> T reserved(List<T> large, ToIntFunction<T> left, double waited) {
        int turn = (int) ((waited - RESERVED_AFTER_SECONDS) / RESERVED_SECONDS);
        return turn <= 0 ? Collections.max(large, Comparator.comparingInt(left)) : large.get((turn - 1) % large.size());
    }

    private Balancer.Choice choose(ReadyRun run, int[] preference, boolean detailed) {
        Double[] scores = new Double[detailed ? seats.size() : 0];
        Best best = new Best(preference);
        for (Seat seat : open) {
            double score = rating.rate(run, seat);
            best.weigh(seat, score);
            if (detailed) {
                scores[seat.place()] = score;
            }
        }
        Seat seat = best.seat;
        Balancer.Choice choice =
                new Balancer.Choice(run, seat.node(), best.score, best.tied, seat.workPerSlot(), Arrays.asList(scores));
        take(run, seat);
        return choice;
    }

    /** The first of the best. */
    private static final class Best {
        private final int[] preference;
        private Seat seat;
        private double score;
        private boolean tied;

        Best(int[] preference) {
            this.preference = preference;
        }

        void weigh(Seat other, double its) {
            int better = seat == null ? 1 : compare(other, its);
            if (better > 0) {
                seat = other;
                score = its;
                tied = false;
            } else if (better == 0) {
                tied = true;
            }
        }

        private int compare(Seat other, double its) {
            int preferred = Integer.compare(preference[other.place()], preference[seat.place()]);
            return preferred != 0 ? preferred : Double.compare(its, score);
        }
    }

    private void take(ReadyRun run, Seat seat) {
        seat.take(run);
        rating.chosen(seat);
        cursor = seat.node().node();
        turn = seat.place() + 1;
    }

    private Set<Long> kept() {
        return seats.stream()
                .filter(Seat::isReserved)
                .map(seat -> seat.node().session())
                .collect(Collectors.toSet());
    }

    private Map<Long, Long> owed() {
        Map<Long, Long> owed = new HashMap<>();
        for (Seat seat : seats) {
            if (seat.owed() != 0) {
                owed.put(seat.node().node(), seat.owed());
            }
        }
        return owed;
    }
}
