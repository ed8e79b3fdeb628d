package io.yardmaster.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How long it took from each fault until it was decided what becomes of the attempts that it hit. */
final class Delays {
    private final Map<Fault.Kind, List<Double>> seconds = new EnumMap<>(Fault.Kind.class);
    private final List<String> undecided = new ArrayList<>();

    private Delays() {
        Arrays.stream(Fault.Kind.values()).forEach(kind -> seconds.put(kind, new ArrayList<>()));
    }

    /** @param decided at what second, if ever, it was decided about an attempt */
    static Delays of(List<Fault> faults, List<Beats> attempts, Function<Beats, Optional<Double>> decided) {
        Delays delays = new Delays();
        for (Fault fault : faults) {
            attempts.stream().filter(fault::hit).forEach(hit -> delays.add(fault, hit, decided.apply(hit)));
        }
        return delays;
    }

    private void add(Fault fault, Beats hit, Optional<Double> decided) {
        decided.ifPresent(at -> seconds.get(fault.kind()).add(at - fault.began()));
        if (decided.isEmpty() && !hit.whole()) {
            undecided.add(hit + " by " + fault);
        }
    }

    /** Attempts that were hit and did not come to their end, and about which nothing was decided. */
    List<String> undecided() {
        return undecided;
    }

    /** In seconds, of all kinds; beyond all bounds if there is none of a kind. */
    double percentile(double part) {
        if (seconds.values().stream().anyMatch(List::isEmpty)) {
            return Double.MAX_VALUE;
        }
        return percentile(seconds.values().stream().flatMap(List::stream).toList(), part);
    }

    private static double percentile(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(part * sorted.size()) - 1));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        seconds.forEach((kind, values) -> text.append(String.format(Locale.ROOT, "%n  %-8s ", kind))
                .append(values.isEmpty() ? "none" : distribution(values)));
        return text.toString();
    }

    private static String distribution(List<Double> values) {
        return String.format(
                Locale.ROOT,
                "%3d: min %.1f s, median %.1f s, p99 %.1f s, max %.1f s",
                values.size(),
                percentile(values, 0),
                percentile(values, 0.5),
                percentile(values, 0.99),
                percentile(values, 1));
    }
}
